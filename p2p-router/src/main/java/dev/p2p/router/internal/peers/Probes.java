package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.router.control.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Connections that are asked for a sign of life because their peers came a second time: a peer that restarted dials in while the
 * connection of its former life still seems to be there. At most one newcomer waits for each.
 */
final class Probes {

    /**
     * A proven peer that waits.
     *
     * @param old the connection that is asked
     * @param attempt the peer's new one; it keeps its slot while it waits
     * @param until the old one is taken for dead then
     */
    record Waiting(PeerRef old, Attempt attempt, Input.Handshaken done, Instant until) {}

    private final PeerBook book;
    private final LinkedHashMap<NodeId, Waiting> waiting = new LinkedHashMap<>();

    Probes(PeerBook book) {
        this.book = book;
    }

    /** Asks for a sign of life; false if that is under way. The attempt, which had ended, begins again. */
    boolean begin(Live old, Attempt attempt, Input.Handshaken done) {
        NodeId id = old.peer.id();
        if (waiting.containsKey(id)) {
            return false;
        }
        book.connections.began(attempt);
        book.settle(old.entry);
        waiting.put(
                id,
                new Waiting(
                        old.peer,
                        attempt,
                        done,
                        book.now().plus(book.policy.pace().probeLimit())));
        book.out.add(new Effect.Probe(old.peer));
        book.out.decide(id, Decision.Kind.PROBED, "duplicate", done.remote().toString());
        return true;
    }

    /** Ends the wait for a connection's sign of life. */
    Optional<Waiting> answered(PeerRef old) {
        Waiting one = waiting.get(old.id());
        if (one == null || !one.old().equals(old)) {
            return Optional.empty();
        }
        waiting.remove(old.id());
        return Optional.of(one);
    }

    /** Ends the wait of an attempt that is gone by itself. */
    void gone(long attempt) {
        waiting.values().removeIf(one -> one.attempt().number == attempt);
    }

    /** Those who got no answer in time. */
    List<Waiting> expired() {
        List<Waiting> expired = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Waiting first = waiting.firstEntry().getValue();
            if (book.now().isBefore(first.until())) {
                break;
            }
            waiting.pollFirstEntry();
            expired.add(first);
        }
        return expired;
    }

    /** The wall clock was set. */
    void shift(Duration by) {
        waiting.replaceAll((id, one) ->
                new Waiting(one.old(), one.attempt(), one.done(), one.until().plus(by)));
    }

    Optional<Instant> nextWake() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.firstEntry().getValue().until());
    }
}
