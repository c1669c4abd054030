package dev.p2p.cli.status;

import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.output.Units;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a running node tells of its store.
 *
 * @param schema the version of its layout; 0 if it did not tell
 * @param peers about how many it holds
 * @param events about how many of their events
 * @param bytes what it takes on disk; 0 if it is in memory
 * @param waiting peers with changes that are not written yet
 * @param dropped changes that were lost
 * @param failure why it takes no changes; empty if it does
 */
record StoreFacts(long schema, long peers, long events, long bytes, long waiting, long dropped, String failure) {

    static StoreFacts read(Fields from) throws JsonProblem {
        return new StoreFacts(
                NodeFacts.count(from, "schema"),
                NodeFacts.count(from, "peers"),
                NodeFacts.count(from, "events"),
                NodeFacts.count(from, "bytes"),
                NodeFacts.count(from, "waiting"),
                NodeFacts.count(from, "dropped"),
                from.optionalText("failure").orElse(""));
    }

    /** For people. */
    String text() {
        String told = schema == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s, about %,d peers and %,d events, schema %d, %d changes wait",
                        bytes == 0 ? "in memory" : Units.bytes(bytes),
                        peers,
                        events,
                        schema,
                        waiting);
        return failure.isEmpty() ? told : (told.isEmpty() ? "" : told + "   ") + "fails: " + failure;
    }

    /** For programs. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", schema);
        fields.put("peers", peers);
        fields.put("events", events);
        fields.put("bytes", bytes);
        fields.put("waiting", waiting);
        fields.put("dropped", dropped);
        if (!failure.isEmpty()) {
            fields.put("failure", failure);
        }
        return fields;
    }
}
