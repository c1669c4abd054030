package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Peers by the instant from which they may be dialed; among equals, by lot. */
final class DialSchedule {

    private record Due(Instant at, int lot, NodeId id) {}

    private final RandomGenerator random;
    private final Map<NodeId, Due> byPeer = new HashMap<>();
    private final TreeSet<Due> order =
            new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::lot).thenComparing(Due::id));

    DialSchedule(RandomGenerator random) {
        this.random = random;
    }

    /** Puts a peer in, in place of its earlier instant. */
    void put(NodeId id, Instant at) {
        remove(id);
        Due due = new Due(at, random.nextInt(), id);
        byPeer.put(id, due);
        order.add(due);
    }

    void remove(NodeId id) {
        Due due = byPeer.remove(id);
        if (due != null) {
            order.remove(due);
        }
    }

    /** The peer that may be dialed first, if there is one. */
    Optional<NodeId> first() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.first().id());
    }

    /** From when on it may be dialed. */
    Optional<Instant> firstAt() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.first().at());
    }
}
