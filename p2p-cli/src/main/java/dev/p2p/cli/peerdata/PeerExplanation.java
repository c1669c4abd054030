package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeId;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a peer stands where it stands, and what happens next.
 *
 * @param id the peer
 * @param state where it stands, in one word; {@code unknown} if nobody heard of it
 * @param why one sentence
 * @param next what happens next; empty if nothing does
 * @param nextAt when that is
 * @param score how its score comes about, a line for each part
 * @param events the last decisions about it, newest first
 */
public record PeerExplanation(
        NodeId id,
        String state,
        String why,
        String next,
        Optional<Instant> nextAt,
        List<String> score,
        List<PeerEvent> events) {

    public PeerExplanation {
        score = List.copyOf(score);
        events = List.copyOf(events);
    }

    /** For programs. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id.toString());
        fields.put("state", state);
        fields.put("why", why);
        fields.put("next", next);
        nextAt.ifPresent(at -> fields.put("next_at", at.toString()));
        fields.put("score", score);
        fields.put("events", events.stream().map(PeerEvent::fields).toList());
        return fields;
    }

    /** Reads {@link #fields()} back. */
    public static PeerExplanation read(Fields fields) throws JsonProblem {
        List<PeerEvent> events = new ArrayList<>();
        for (Fields event : fields.objects("events")) {
            events.add(PeerEvent.read(event));
        }
        return new PeerExplanation(
                PeerJson.id(fields, "id"),
                fields.text("state"),
                fields.text("why"),
                fields.optionalText("next").orElse(""),
                PeerJson.time(fields, "next_at"),
                fields.texts("score"),
                events);
    }
}
