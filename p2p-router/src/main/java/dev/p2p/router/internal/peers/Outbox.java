package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.router.control.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one input leads to: effects in order, and the decisions behind them, which are kept as well. */
final class Outbox {

    private final History history;
    private final List<Effect> effects = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    Outbox(History history) {
        this.history = history;
    }

    void begin(Instant at) {
        now = at;
        effects.clear();
    }

    List<Effect> taken() {
        return List.copyOf(effects);
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void persist(Change change, Durability durability) {
        effects.add(new Effect.Persist(change, durability));
    }

    void decide(NodeId peer, Decision.Kind kind, String reason, String detail) {
        Decision decision = new Decision(now, Optional.of(peer), kind, reason, detail);
        history.add(decision);
        effects.add(new Effect.Decided(decision));
    }

    /** A decision that is kept beyond this run. */
    void decide(NodeId peer, Decision.Kind kind, String reason, String detail, HistoryEvent.Kind kept) {
        decide(peer, kind, reason, detail);
        keep(peer, kept, reason, detail);
    }

    /** An event that is kept beyond this run. */
    void keep(NodeId peer, HistoryEvent.Kind kind, String reason, String detail) {
        persist(new Change.Append(peer, new HistoryEvent(now, kind, reason, detail)), Durability.ASYNC);
    }

    /** A decision about somebody who is not known, or not worth remembering. */
    void tell(Optional<NodeId> peer, Decision.Kind kind, String reason, String detail) {
        effects.add(new Effect.Decided(new Decision(now, peer, kind, reason, detail)));
    }
}
