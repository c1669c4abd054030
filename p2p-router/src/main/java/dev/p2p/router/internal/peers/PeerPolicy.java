package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import java.time.Duration;
import java.util.List;

/**
 * What a node wants of its peers.
 *
 * @param self never dialed and never learned
 * @param maxInbound the most inbound connections, those in progress included
 * @param maxOutbound the most outbound connections to peers that are not persistent, those in progress included
 * @param maxPeers the most peers kept in memory; persistent ones are kept beyond it
 * @param persistent peers to stay connected to
 * @param retry back-off for other peers
 * @param persistentRetry back-off for persistent peers
 * @param stableAfter a connection that lasted so long was a good one: its back-off begins anew
 * @param narrowestScope addresses of a narrower scope are not learned
 */
public record PeerPolicy(
        NodeId self,
        int maxInbound,
        int maxOutbound,
        int maxPeers,
        List<NodeAddress> persistent,
        BackOff retry,
        BackOff persistentRetry,
        Duration stableAfter,
        AddressScope narrowestScope) {

    public PeerPolicy {
        persistent = List.copyOf(persistent);
    }

    /** A node that knows nobody, with common limits. */
    public static PeerPolicy defaults(NodeId self) {
        return new PeerPolicy(
                self,
                40,
                10,
                10_000,
                List.of(),
                new BackOff(Duration.ofSeconds(5), Duration.ofHours(1)),
                new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
                Duration.ofSeconds(30),
                AddressScope.NAME);
    }

    public PeerPolicy withCaps(int inbound, int outbound, int peers) {
        return new PeerPolicy(
                self, inbound, outbound, peers, persistent, retry, persistentRetry, stableAfter, narrowestScope);
    }

    public PeerPolicy withPersistent(List<NodeAddress> value) {
        return new PeerPolicy(
                self, maxInbound, maxOutbound, maxPeers, value, retry, persistentRetry, stableAfter, narrowestScope);
    }

    public PeerPolicy withNarrowestScope(AddressScope value) {
        return new PeerPolicy(
                self, maxInbound, maxOutbound, maxPeers, persistent, retry, persistentRetry, stableAfter, value);
    }

    boolean isPersistent(NodeId id) {
        return persistent.stream().anyMatch(address -> address.id().equals(id));
    }

    BackOff backOff(NodeId id) {
        return isPersistent(id) ? persistentRetry : retry;
    }
}
