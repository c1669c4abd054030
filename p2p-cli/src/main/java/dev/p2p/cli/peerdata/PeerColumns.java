package dev.p2p.cli.peerdata;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.listing.Column;
import dev.p2p.cli.listing.Listing;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Tone;
import dev.p2p.cli.output.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of peers. One definition for tables, filters, sorting and machine formats, live and from a store. */
public final class PeerColumns {

    private static final int TREND_POINTS = 6;

    private static final List<String> STORED =
            List.of("id", "address", "state", "score", "last_connected", "failures", "source");
    private static final List<String> STORED_WIDE = List.of(
            "id",
            "address",
            "state",
            "score",
            "last_connected",
            "failures",
            "next_attempt",
            "source",
            "flags",
            "banned_until",
            "ban_reason",
            "incompatible_until",
            "incompatible_reason");
    /** A peer chooses its name, of any length; one must not push the other columns out of the window. */
    private static final int SHORT_NAME = 24;

    private static final List<String> LIVE = List.of(
            "id",
            "name",
            "address",
            "direction",
            "state",
            "score",
            "trend",
            "rtt_ms",
            "in_rate",
            "out_rate",
            "connected_since",
            "flags");
    private static final List<String> LIVE_WIDE = List.of(
            "id",
            "name",
            "address",
            "direction",
            "state",
            "score",
            "trend",
            "rtt_ms",
            "in_rate",
            "out_rate",
            "bytes_in",
            "bytes_out",
            "connected_since",
            "last_connected",
            "failures",
            "next_attempt",
            "flags",
            "slot",
            "agent",
            "source");

    private final InstantSource clock;

    private PeerColumns(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Peers as a listing.
     *
     * @param live whether a running node tells of them
     * @param clock tells the instant for which scores and states are told
     */
    public static Listing<PeerRow> listing(boolean live, InstantSource clock) {
        return new Listing<>(
                "peers", new PeerColumns(clock).all(), live ? LIVE : STORED, live ? LIVE_WIDE : STORED_WIDE);
    }

    private List<Column<PeerRow>> all() {
        return List.of(
                Column.<PeerRow>of("id", FieldKind.IDENTITY, row -> row.id().toString())
                        .titled("PEER"),
                Column.<PeerRow>of(
                                "name",
                                FieldKind.TEXT,
                                row -> ofLink(row, link -> link.name().isEmpty() ? null : link.name()))
                        .shownAs((value, at, full) ->
                                full ? value.toString() : Printable.cut(value.toString(), SHORT_NAME)),
                Column.<PeerRow>of("address", FieldKind.TEXT, PeerColumns::place),
                Column.<PeerRow>of(
                                "direction", FieldKind.TEXT, row -> ofLink(row, link -> link.inbound() ? "in" : "out"))
                        .titled("DIR"),
                Column.<PeerRow>of("state", FieldKind.TEXT, row -> row.state(clock.instant()))
                        .toned(PeerColumns::stateTone),
                Column.<PeerRow>of("score", FieldKind.NUMBER, row -> rounded(row.score(clock.instant())))
                        .shownAs((value, at, full) ->
                                String.format(Locale.ROOT, "%.0f", ((Number) value).doubleValue() + 0.0)),
                Column.<PeerRow>of("trend", FieldKind.NESTED, PeerColumns::trend)
                        .shownAs((value, at, full) -> bars((List<?>) value)),
                Column.<PeerRow>of("rtt_ms", FieldKind.NUMBER, row -> ofLink(row, PeerColumns::roundTrip))
                        .titled("RTT")
                        .shownAs((value, at, full) ->
                                String.format(Locale.ROOT, "%.0fms", ((Number) value).doubleValue())),
                Column.<PeerRow>of("in_rate", FieldKind.BYTES, row -> ofLink(row, LiveLink::inPerSecond))
                        .titled("IN/s"),
                Column.<PeerRow>of("out_rate", FieldKind.BYTES, row -> ofLink(row, LiveLink::outPerSecond))
                        .titled("OUT/s"),
                Column.<PeerRow>of("bytes_in", FieldKind.BYTES, row -> ofLink(row, LiveLink::bytesIn))
                        .titled("IN"),
                Column.<PeerRow>of("bytes_out", FieldKind.BYTES, row -> ofLink(row, LiveLink::bytesOut))
                        .titled("OUT"),
                Column.<PeerRow>of("connected_since", FieldKind.TIME, row -> ofLink(row, LiveLink::since))
                        .titled("UP")
                        .shownAs((value, at, full) -> Units.duration(Duration.between((Instant) value, at))),
                Column.<PeerRow>of("flags", FieldKind.TEXT, row -> PeerFlags.letters(row, clock.instant())),
                Column.<PeerRow>of("wanted", FieldKind.NESTED, row -> PeerFlags.words(row.flags())),
                Column.<PeerRow>of("slot", FieldKind.TEXT, row -> ofLink(row, LiveLink::slot)),
                Column.<PeerRow>of("agent", FieldKind.TEXT, row -> ofLink(row, LiveLink::agent)),
                Column.<PeerRow>of("network", FieldKind.TEXT, row -> ofLink(row, LiveLink::network)),
                Column.<PeerRow>of(
                                "last_connected",
                                FieldKind.TIME,
                                row -> row.record().lastConnected().orElse(null))
                        .titled("CONNECTED"),
                Column.<PeerRow>of(
                                "failures",
                                FieldKind.NUMBER,
                                row -> row.best().map(AddressRecord::failures).orElse(null))
                        .titled("FAILED"),
                Column.<PeerRow>of(
                                "source",
                                FieldKind.TEXT,
                                row -> row.best()
                                        .map(best -> SourceText.of(best.source()))
                                        .orElse(null))
                        .shownAs((value, at, full) -> full ? value.toString() : brief(value.toString())),
                Column.<PeerRow>of(
                                "next_attempt",
                                FieldKind.TIME,
                                row -> row.nextAttempt().orElse(null))
                        .titled("NEXT TRY"),
                Column.<PeerRow>of(
                        "addresses",
                        FieldKind.NESTED,
                        row -> row.record().addresses().stream()
                                .map(PeerJson::address)
                                .toList()),
                Column.<PeerRow>of(
                        "reputation", FieldKind.NUMBER, row -> row.record().reputation()),
                Column.<PeerRow>of(
                        "reputation_at", FieldKind.TIME, row -> row.record().reputationAt()),
                Column.<PeerRow>of(
                        "banned_until",
                        FieldKind.TIME,
                        row -> row.record().ban().map(Mark::until).orElse(null)),
                Column.<PeerRow>of(
                        "ban_reason",
                        FieldKind.TEXT,
                        row -> row.record().ban().map(Mark::reason).orElse(null)),
                Column.<PeerRow>of(
                        "incompatible_until",
                        FieldKind.TIME,
                        row -> row.record().incompatible().map(Mark::until).orElse(null)),
                Column.<PeerRow>of(
                        "incompatible_reason",
                        FieldKind.TEXT,
                        row -> row.record().incompatible().map(Mark::reason).orElse(null)));
    }

    private static @Nullable Object ofLink(PeerRow row, Function<LiveLink, @Nullable Object> part) {
        return row.link().isPresent() ? part.apply(row.link().get()) : null;
    }

    /** A few points of the course, the first and the last among them. */
    private static @Nullable Object trend(PeerRow row) {
        List<Double> course = row.live().map(LiveState::course).orElse(List.of());
        if (course.isEmpty()) {
            return null;
        }
        int points = Math.min(TREND_POINTS, course.size());
        List<Double> trend = new ArrayList<>();
        for (int i = 1; i <= points; i++) {
            trend.add(rounded(course.get(points == 1 ? 0 : (i - 1) * (course.size() - 1) / (points - 1))));
        }
        return trend;
    }

    private static String bars(List<?> trend) {
        return Course.bars(
                trend.stream().map(score -> ((Number) score).doubleValue()).toList());
    }

    private static @Nullable Object roundTrip(LiveLink link) {
        return link.roundTripMillis().isPresent() ? link.roundTripMillis().getAsDouble() : null;
    }

    /** Host and port; the remote end of an inbound connection of which no address is known. */
    private static @Nullable Object place(PeerRow row) {
        return row.best()
                .map(best -> PeerJson.place(best.address()))
                .or(() -> row.link().map(LiveLink::remote))
                .orElse(null);
    }

    private static double rounded(double score) {
        return Math.round(score * 10) / 10.0;
    }

    /** A source with its identity shortened. */
    private static String brief(String source) {
        return SourceText.brief(SourceText.parse(source));
    }

    static Tone stateTone(Object state) {
        return switch (state.toString()) {
            case "connected", "verified" -> Tone.GOOD;
            case "backing-off", "incompatible", "dialing", "unreached" -> Tone.ATTENTION;
            case "banned" -> Tone.BAD;
            case "no-address" -> Tone.DIM;
            default -> Tone.PLAIN;
        };
    }
}
