package dev.p2p.cli.peerdata;

import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Peers of a running node as JSON: the record as in an export, and beside it where the peer stands. */
public final class LiveJson {

    private static final int MAX_CHANNEL = 255;

    private LiveJson() {}

    /** A peer in full. */
    public static Map<String, Object> row(PeerRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("record", PeerJson.record(row.record()));
        fields.put("wanted", PeerFlags.words(row.flags()));
        row.live().ifPresent(live -> fields.put("live", state(live)));
        return fields;
    }

    /** Reads it back. */
    public static PeerRow row(Fields fields) throws JsonProblem {
        try {
            Optional<Fields> live = fields.optionalObject("live");
            return new PeerRow(
                    PeerJson.record(fields.object("record")),
                    PeerFlags.parse(fields.texts("wanted")),
                    live.isPresent() ? Optional.of(state(live.get())) : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw fields.problem("wanted", e);
        }
    }

    private static Map<String, Object> state(LiveState live) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", live.state());
        fields.put("score", live.score());
        live.nextAttempt().ifPresent(at -> fields.put("next_attempt", at.toString()));
        if (!live.course().isEmpty()) {
            fields.put("course", live.course());
        }
        live.link().ifPresent(link -> fields.put("link", link(link)));
        return fields;
    }

    private static LiveState state(Fields fields) throws JsonProblem {
        Optional<Fields> link = fields.optionalObject("link");
        return new LiveState(
                fields.text("state"),
                fields.real("score", 0),
                PeerJson.time(fields, "next_attempt"),
                fields.reals("course"),
                link.isPresent() ? Optional.of(link(link.get())) : Optional.empty());
    }

    private static Map<String, Object> link(LiveLink link) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", link.name());
        fields.put("agent", link.agent());
        fields.put("network", link.network());
        fields.put("inbound", link.inbound());
        fields.put("slot", link.slot());
        fields.put("remote", link.remote());
        fields.put("since", link.since().toString());
        fields.put("bytes_in", link.bytesIn());
        fields.put("bytes_out", link.bytesOut());
        fields.put("in_rate", link.inPerSecond());
        fields.put("out_rate", link.outPerSecond());
        link.roundTripMillis().ifPresent(millis -> fields.put("rtt_ms", millis));
        fields.put("channels", link.channels());
        fields.put("listens", link.listens());
        if (!link.flows().isEmpty()) {
            fields.put("flows", link.flows().stream().map(ChannelFlow::fields).toList());
        }
        return fields;
    }

    private static LiveLink link(Fields fields) throws JsonProblem {
        List<Integer> channels = new ArrayList<>();
        for (long channel : fields.integers("channels")) {
            if (channel < 0 || channel > MAX_CHANNEL) {
                throw fields.problem("channels", "there is no channel " + channel);
            }
            channels.add((int) channel);
        }
        List<ChannelFlow> flows = new ArrayList<>();
        for (Fields flow : fields.objects("flows")) {
            flows.add(ChannelFlow.read(flow));
        }
        return new LiveLink(
                fields.text("name"),
                fields.text("agent"),
                fields.text("network"),
                fields.flag("inbound"),
                fields.text("slot"),
                fields.text("remote"),
                PeerJson.time(fields, "since").orElse(Instant.EPOCH),
                fields.integer("bytes_in", 0, Long.MAX_VALUE),
                fields.integer("bytes_out", 0, Long.MAX_VALUE),
                fields.real("in_rate", 0),
                fields.real("out_rate", 0),
                fields.has("rtt_ms") ? OptionalDouble.of(fields.real("rtt_ms", 0)) : OptionalDouble.empty(),
                channels,
                fields.text("listens"),
                flows);
    }
}
