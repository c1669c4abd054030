package dev.p2p.cli.peerdata;

import dev.p2p.api.store.HistoryEvent;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.router.control.PeerMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is remembered of a peer as JSON, for exports and for the control socket: the record, and beside it what happened. */
public final class MemoryJson {

    private static final int MAX_TEXT = 1_000;

    private MemoryJson() {}

    /** A peer; without a history the field is left out. */
    public static Map<String, Object> of(PeerMemory memory) {
        Map<String, Object> fields = PeerJson.record(memory.record());
        if (!memory.history().isEmpty()) {
            fields.put(
                    "history", memory.history().stream().map(MemoryJson::event).toList());
        }
        return fields;
    }

    /** Reads it back. */
    public static PeerMemory read(Fields fields) throws JsonProblem {
        List<HistoryEvent> history = new ArrayList<>();
        for (Fields event : fields.objects("history")) {
            if (history.size() == PeerMemory.MAX_EVENTS) {
                throw fields.problem("history", "there are more than " + PeerMemory.MAX_EVENTS + " events");
            }
            history.add(event(event));
        }
        return new PeerMemory(PeerJson.record(fields), history);
    }

    private static Map<String, Object> event(HistoryEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", event.at().toString());
        fields.put("type", word(event.kind()));
        if (!event.reason().isEmpty()) {
            fields.put("reason", event.reason());
        }
        if (!event.detail().isEmpty()) {
            fields.put("detail", event.detail());
        }
        return fields;
    }

    private static HistoryEvent event(Fields fields) throws JsonProblem {
        Instant at = PeerJson.time(fields, "at").orElseThrow(() -> fields.problem("at", "it is missing"));
        return new HistoryEvent(at, kind(fields), text(fields, "reason"), text(fields, "detail"));
    }

    private static HistoryEvent.Kind kind(Fields fields) throws JsonProblem {
        String word = fields.text("type");
        for (HistoryEvent.Kind kind : HistoryEvent.Kind.values()) {
            if (word(kind).equals(word)) {
                return kind;
            }
        }
        throw fields.problem("type", "there is no event of that name");
    }

    private static String text(Fields fields, String name) throws JsonProblem {
        String text = fields.optionalText(name).orElse("");
        if (text.length() > MAX_TEXT) {
            throw fields.problem(name, "it has more than " + MAX_TEXT + " characters");
        }
        return text;
    }

    static String word(HistoryEvent.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
