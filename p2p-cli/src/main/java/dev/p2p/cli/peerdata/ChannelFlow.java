package dev.p2p.cli.peerdata;

import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What flows over one channel of a connection.
 *
 * @param channel its number
 * @param name what its reactor calls it
 * @param in what the peer sends
 * @param out what this node sends
 * @param dropped received messages that were dropped since the connection was made
 */
public record ChannelFlow(int channel, String name, Way in, Way out, long dropped) {

    private static final int MAX_CHANNEL = 255;

    /**
     * One direction.
     *
     * @param messages since the connection was made
     * @param bytes since then
     * @param messagesPerSecond lately
     * @param bytesPerSecond lately
     * @param waiting messages in the queue
     * @param maxWaiting how many it takes
     */
    public record Way(
            long messages, long bytes, double messagesPerSecond, double bytesPerSecond, long waiting, long maxWaiting) {

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("total_messages", messages);
            fields.put("total_bytes", bytes);
            fields.put("message_rate", messagesPerSecond);
            fields.put("byte_rate", bytesPerSecond);
            fields.put("waiting", waiting);
            fields.put("max_waiting", maxWaiting);
            return fields;
        }

        static Way read(Fields fields) throws JsonProblem {
            return new Way(
                    fields.integer("total_messages", 0, Long.MAX_VALUE),
                    fields.integer("total_bytes", 0, Long.MAX_VALUE),
                    fields.real("message_rate", 0),
                    fields.real("byte_rate", 0),
                    fields.integer("waiting", 0, Long.MAX_VALUE),
                    fields.integer("max_waiting", 0, Long.MAX_VALUE));
        }
    }

    /** For programs. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("channel", channel);
        fields.put("name", name);
        fields.put("in", in.fields());
        fields.put("out", out.fields());
        fields.put("dropped", dropped);
        return fields;
    }

    /** Reads {@link #fields()} back. */
    static ChannelFlow read(Fields fields) throws JsonProblem {
        return new ChannelFlow(
                (int) fields.integer("channel", 0, MAX_CHANNEL),
                fields.text("name"),
                Way.read(fields.object("in")),
                Way.read(fields.object("out")),
                fields.integer("dropped", 0, Long.MAX_VALUE));
    }
}
