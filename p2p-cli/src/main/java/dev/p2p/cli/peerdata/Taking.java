package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeId;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What became of a peer that was to be taken in.
 *
 * @param id the peer
 * @param status what happened, or would in a dry run
 * @param why the cause of a refusal; else empty
 */
public record Taking(NodeId id, Status status, String why) {

    /** What can happen. */
    public enum Status {
        /** It was not known. */
        ADDED,
        /** It was known, and something of it is new. */
        UPDATED,
        /** It was known, and nothing of it is new. */
        UNCHANGED,
        /** It was not taken in. */
        REFUSED;

        private final String word = name().toLowerCase(Locale.ROOT);

        @Override
        public String toString() {
            return word;
        }
    }

    /** For programs. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id.toString());
        fields.put("status", status.toString());
        if (!why.isEmpty()) {
            fields.put("text", why);
        }
        return fields;
    }

    /** Reads {@link #fields()} back. */
    public static Taking read(Fields fields) throws JsonProblem {
        String word = fields.text("status");
        for (Status status : Status.values()) {
            if (status.toString().equals(word)) {
                return new Taking(
                        PeerJson.id(fields, "id"),
                        status,
                        fields.optionalText("text").orElse(""));
            }
        }
        throw fields.problem("status", "there is no such word");
    }
}
