package dev.p2p.cli.demo;

import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Where the demo's reactors write down what they measured, shared by all nodes of the process. Safe to use from every thread. */
final class DemoBoard {

    private record Pair(NodeId node, PeerRef peer) {}

    private final Map<Pair, Long> roundTrips = new ConcurrentHashMap<>();
    private final LongAdder broadcasts = new LongAdder();
    private final LongAdder newsReceived = new LongAdder();
    private final LongAdder notSent = new LongAdder();

    void roundTrip(NodeId node, PeerRef peer, long nanos) {
        roundTrips.put(new Pair(node, peer), nanos);
    }

    void gone(NodeId node, PeerRef peer) {
        roundTrips.remove(new Pair(node, peer));
    }

    void broadcast() {
        broadcasts.increment();
    }

    void news() {
        newsReceived.increment();
    }

    void notSent(int messages) {
        notSent.add(messages);
    }

    /** The last round trip between a node and a peer, in nanoseconds. */
    Optional<Long> roundTrip(NodeId node, PeerRef peer) {
        return Optional.ofNullable(roundTrips.get(new Pair(node, peer)));
    }

    long broadcasts() {
        return broadcasts.sum();
    }

    long newsReceived() {
        return newsReceived.sum();
    }

    long notSent() {
        return notSent.sum();
    }
}
