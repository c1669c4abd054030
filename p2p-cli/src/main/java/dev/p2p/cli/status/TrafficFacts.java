package dev.p2p.cli.status;

import dev.p2p.api.ChannelId;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.output.Units;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What flows over all connections of a node.
 *
 * @param inPerSecond bytes received a second
 * @param outPerSecond bytes sent a second
 * @param dropped messages that full queues of the present connections dropped
 * @param pingMedian the middle one of the peers' last answers to a ping, in milliseconds
 * @param pingWorst the one that 99 of 100 do not exceed
 * @param fullest the queue that is fullest; empty if nothing waits anywhere
 */
record TrafficFacts(
        double inPerSecond,
        double outPerSecond,
        long dropped,
        OptionalDouble pingMedian,
        OptionalDouble pingWorst,
        Optional<Queue> fullest) {

    private static final int SHORT_IDENTITY = 10;

    /** A queue with what waits in it, and what may. */
    record Queue(
            String peer,
            ChannelId channel,
            String name,
            boolean inbound,
            long messages,
            long maxMessages,
            long bytes,
            long maxBytes) {

        static Queue read(Fields from) throws JsonProblem {
            return new Queue(
                    from.text("peer"),
                    new ChannelId((int) from.integer("channel", 0, ChannelId.COUNT - 1)),
                    from.text("name"),
                    from.flag("inbound"),
                    NodeFacts.count(from, "waiting"),
                    from.integer("max_waiting", 1, Long.MAX_VALUE),
                    NodeFacts.count(from, "waiting_bytes"),
                    from.integer("max_waiting_bytes", 1, Long.MAX_VALUE));
        }

        double fullness() {
            return Math.max((double) messages / maxMessages, (double) bytes / maxBytes);
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "%s %s %s %d/%d, %s (%s)",
                    channel,
                    name,
                    inbound ? "in" : "out",
                    messages,
                    maxMessages,
                    Units.bytes(bytes),
                    peer.substring(0, Math.min(SHORT_IDENTITY, peer.length())));
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("peer", peer);
            fields.put("channel", channel.value());
            fields.put("name", name);
            fields.put("inbound", inbound);
            fields.put("waiting", messages);
            fields.put("max_waiting", maxMessages);
            fields.put("waiting_bytes", bytes);
            fields.put("max_waiting_bytes", maxBytes);
            return fields;
        }
    }

    static TrafficFacts read(Fields from) throws JsonProblem {
        Optional<Fields> fullest = from.optionalObject("fullest_queue");
        return new TrafficFacts(
                from.real("in_rate", 0),
                from.real("out_rate", 0),
                NodeFacts.count(from, "dropped"),
                millis(from, "ping_p50_ms"),
                millis(from, "ping_p99_ms"),
                fullest.isPresent() ? Optional.of(Queue.read(fullest.get())) : Optional.empty());
    }

    String text() {
        return "in " + Units.bytes(inPerSecond) + "/s   out " + Units.bytes(outPerSecond) + "/s   dropped " + dropped;
    }

    String queues() {
        String ping = pingMedian.isPresent() && pingWorst.isPresent()
                ? String.format(
                        Locale.ROOT, "   ping p50 %.0fms p99 %.0fms", pingMedian.getAsDouble(), pingWorst.getAsDouble())
                : "";
        return fullest.map(queue -> "fullest: " + queue.text()).orElse("nothing waits") + ping;
    }

    void into(Map<String, Object> fields) {
        fields.put("in_rate", inPerSecond);
        fields.put("out_rate", outPerSecond);
        fields.put("dropped", dropped);
        pingMedian.ifPresent(millis -> fields.put("ping_p50_ms", millis));
        pingWorst.ifPresent(millis -> fields.put("ping_p99_ms", millis));
        fullest.ifPresent(queue -> fields.put("fullest_queue", queue.fields()));
    }

    private static OptionalDouble millis(Fields from, String name) throws JsonProblem {
        return from.has(name) ? OptionalDouble.of(from.real(name, 0)) : OptionalDouble.empty();
    }
}
