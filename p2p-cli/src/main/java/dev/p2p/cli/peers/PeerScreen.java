package dev.p2p.cli.peers;

import dev.p2p.api.ChannelId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.listing.Listing;
import dev.p2p.cli.output.Ink;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Tone;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.peerdata.ChannelFlow;
import dev.p2p.cli.peerdata.Course;
import dev.p2p.cli.peerdata.LiveLink;
import dev.p2p.cli.peerdata.LiveState;
import dev.p2p.cli.peerdata.PeerColumns;
import dev.p2p.cli.peerdata.PeerEvent;
import dev.p2p.cli.peerdata.PeerFlags;
import dev.p2p.cli.peerdata.PeerJson;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.SourceText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One peer in full, for people and for programs. */
final class PeerScreen {

    private static final int LABEL_WIDTH = 10;
    private static final int SHOWN_EVENTS = 10;

    private final PeerRow row;
    private final List<PeerEvent> events;
    private final List<String> score;
    private final Instant now;

    /**
     * A peer.
     *
     * @param events what happened with it, newest first
     * @param score how its score comes about, a line for each part
     */
    PeerScreen(PeerRow row, List<PeerEvent> events, List<String> score, Instant now) {
        this.row = row;
        this.events = events;
        this.score = score;
        this.now = now;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        Listing<PeerRow> listing = PeerColumns.listing(row.live().isPresent(), InstantSource.fixed(now));
        listing.columns().forEach(column -> {
            @Nullable Object value = column.value().apply(row);
            if (value != null) {
                fields.put(column.name(), column.kind() == FieldKind.TIME ? value.toString() : value);
            }
        });
        row.live()
                .map(LiveState::course)
                .filter(course -> !course.isEmpty())
                .ifPresent(course -> fields.put("course", course));
        fields.put("score_parts", score);
        row.link()
                .filter(link -> !link.flows().isEmpty())
                .ifPresent(link -> fields.put(
                        "flows", link.flows().stream().map(ChannelFlow::fields).toList()));
        fields.put("events", last().stream().map(PeerEvent::fields).toList());
        return fields;
    }

    void print(PrintWriter out, Ink ink) {
        String name = row.link()
                .map(LiveLink::name)
                .filter(text -> !text.isEmpty())
                .map(text -> "\"" + text + "\"")
                .orElse("");
        String agent = row.link()
                .map(LiveLink::agent)
                .filter(text -> !text.isEmpty())
                .map(text -> "   agent " + text)
                .orElse("");
        String told = Printable.of(name + agent);
        out.println(
                "PEER      " + ink.paint(Tone.IDENTITY, row.id().toString()) + (told.isEmpty() ? "" : "   " + told));
        line(out, "state", state());
        addresses(out);
        row.link().ifPresent(link -> link(out, link));
        String course = row.live().map(live -> Course.bars(live.course())).orElse("");
        line(
                out,
                "score",
                String.format(Locale.ROOT, "%.0f", row.score(now) + 0.0) + (course.isEmpty() ? "" : "   " + course));
        score.stream().filter(part -> !isOfAnAddress(part)).forEach(part -> line(out, "", part));
        Penalties.lines(events, now).forEach(penalty -> line(out, "", penalty));
        if (!row.flags().isEmpty()) {
            line(out, "wanted", String.join(", ", PeerFlags.words(row.flags())));
        }
        row.record().lastConnected().ifPresent(then -> line(out, "connected", Units.ago(then, now) + "   " + then));
        String label = "events";
        for (PeerEvent event : last()) {
            line(out, label, event(event));
            label = "";
        }
    }

    private List<PeerEvent> last() {
        return events.subList(0, Math.min(SHOWN_EVENTS, events.size()));
    }

    /** A node tells of each address as well; those are shown by themselves. */
    private boolean isOfAnAddress(String part) {
        return row.record().addresses().stream()
                .anyMatch(address -> part.startsWith(address.address().toString()));
    }

    private String state() {
        String state = row.state(now);
        return switch (state) {
            case "banned" -> state + row.record().ban().map(this::mark).orElse("");
            case "incompatible" ->
                state + row.record().incompatible().map(this::mark).orElse("");
            default -> state;
        };
    }

    private String mark(Mark mark) {
        return " until " + mark.until() + " (" + Units.duration(Duration.between(now, mark.until())) + " left)   "
                + mark.reason();
    }

    private void addresses(PrintWriter out) {
        String label = "addresses";
        int width = row.record().addresses().stream()
                .mapToInt(address -> PeerJson.place(address.address()).length())
                .max()
                .orElse(0);
        for (AddressRecord address : row.record().addresses()) {
            String place = PeerJson.place(address.address());
            StringBuilder text = new StringBuilder(place).repeat(' ', width - place.length());
            text.append("   ")
                    .append(address.lastSuccess()
                            .map(then -> "last ok " + Units.ago(then, now))
                            .orElse("never reached"))
                    .append("   failed ")
                    .append(address.failures());
            address.nextAttempt()
                    .filter(now::isBefore)
                    .ifPresent(
                            then -> text.append("   next try in ").append(Units.duration(Duration.between(now, then))));
            text.append("   source ").append(SourceText.brief(address.source()));
            address.expires()
                    .ifPresent(then -> text.append("   expires ").append(Units.duration(Duration.between(now, then))));
            line(out, label, text.toString());
            label = "";
        }
        if (row.record().addresses().isEmpty()) {
            line(out, label, "none known");
        }
    }

    private void link(PrintWriter out, LiveLink link) {
        String roundTrip = link.roundTripMillis().isPresent()
                ? String.format(
                        Locale.ROOT, "   ping %.1f ms", link.roundTripMillis().getAsDouble())
                : "";
        line(
                out,
                "link",
                (link.inbound() ? "inbound" : "outbound") + " since " + link.since() + " ("
                        + Units.duration(Duration.between(link.since(), now)) + "), " + link.remote() + roundTrip);
        line(out, "network", link.network() + (link.listens().isEmpty() ? "" : "   listens on " + link.listens()));
        channels(out, link);
        line(
                out,
                "traffic",
                "in " + Units.bytes(link.bytesIn()) + " (" + Units.bytes(link.inPerSecond()) + "/s)   out "
                        + Units.bytes(link.bytesOut()) + " (" + Units.bytes(link.outPerSecond()) + "/s)");
        if (!link.flows().isEmpty()) {
            FlowTable.print(out, link.flows(), " ".repeat(LABEL_WIDTH));
        }
    }

    private static void channels(PrintWriter out, LiveLink link) {
        List<Integer> ours = link.flows().stream().map(ChannelFlow::channel).toList();
        List<Integer> foreign = link.channels().stream()
                .filter(channel -> !ours.contains(channel))
                .toList();
        line(
                out,
                "channels",
                numbers(link.channels())
                        + (ours.isEmpty()
                                ? ""
                                : "   unknown to us: " + (foreign.isEmpty() ? "none" : numbers(foreign))));
    }

    private static String numbers(List<Integer> channels) {
        return String.join(
                " ", channels.stream().map(id -> new ChannelId(id).toString()).toList());
    }

    private static String event(PeerEvent event) {
        String reason = event.reason().isEmpty() ? "" : "  " + event.reason();
        String detail = event.detail().isEmpty() ? "" : "  " + event.detail();
        return event.at() + "  " + event.type() + reason + detail;
    }

    private static void line(PrintWriter out, String label, String text) {
        out.println(label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length())) + Printable.of(text));
    }
}
