package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.listing.Column;
import dev.p2p.cli.listing.Listing;
import dev.p2p.cli.output.Tone;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened with a peer, remembered or decided just now.
 *
 * @param at when
 * @param peer with whom, if that is known
 * @param type what, as a word
 * @param reason the word for why; may be empty
 * @param detail more for people; may be empty
 */
public record PeerEvent(Instant at, Optional<NodeId> peer, String type, String reason, String detail) {

    private static final List<String> OF_ONE_PEER = List.of("at", "type", "reason", "detail");
    private static final List<String> OF_ALL = List.of("at", "peer", "type", "reason", "detail");

    /** What a store remembers. */
    public static PeerEvent of(NodeId peer, HistoryEvent event) {
        return new PeerEvent(
                event.at(), Optional.of(peer), MemoryJson.word(event.kind()), event.reason(), event.detail());
    }

    /** Events as a listing. */
    public static Listing<PeerEvent> listing(boolean ofOnePeer) {
        List<String> shown = ofOnePeer ? OF_ONE_PEER : OF_ALL;
        return new Listing<>(
                "events",
                List.of(
                        Column.of("at", FieldKind.TIME, PeerEvent::at)
                                .titled("TIME")
                                .shownAs((value, now, full) -> value.toString()),
                        Column.<PeerEvent>of(
                                "peer",
                                FieldKind.IDENTITY,
                                event -> event.peer().map(NodeId::toString).orElse(null)),
                        Column.of("type", FieldKind.TEXT, PeerEvent::type)
                                .titled("EVENT")
                                .toned(PeerEvent::tone),
                        Column.of("reason", FieldKind.TEXT, PeerEvent::reason),
                        Column.of("detail", FieldKind.TEXT, PeerEvent::detail)),
                shown,
                shown);
    }

    /** For programs. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", at.toString());
        peer.ifPresent(id -> fields.put("peer", id.toString()));
        fields.put("type", type);
        fields.put("reason", reason);
        fields.put("detail", detail);
        return fields;
    }

    /** Reads {@link #fields()} back. */
    public static PeerEvent read(Fields fields) throws JsonProblem {
        return new PeerEvent(
                PeerJson.time(fields, "at").orElseThrow(() -> fields.problem("at", "it is missing")),
                fields.has("peer") ? Optional.of(PeerJson.id(fields, "peer")) : Optional.empty(),
                fields.text("type"),
                fields.optionalText("reason").orElse(""),
                fields.optionalText("detail").orElse(""));
    }

    /** What an event's type means. */
    public static Tone tone(Object type) {
        return switch (type.toString()) {
            case "connected", "admitted", "verified", "unbanned" -> Tone.GOOD;
            case "dial-failed", "refused", "penalised", "evicted", "incompatible" -> Tone.ATTENTION;
            case "banned" -> Tone.BAD;
            case "learned", "not-learned" -> Tone.DIM;
            default -> Tone.PLAIN;
        };
    }
}
