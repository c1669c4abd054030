package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFlag;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node wants of its peers.
 *
 * @param self never dialed and never learned
 * @param caps how many connections there may be
 * @param pace when things happen
 * @param rules what is learned and told
 * @param persistent peers to stay connected to
 * @param flags what the configuration wants of single peers, the persistent ones included
 * @param reservedSlots whether persistent and unconditional peers have slots of their own, outside the caps
 * @param upgradeGap by how many points of reputation a peer has to be better than the one that it replaces, more than 0
 */
public record PeerPolicy(
        NodeId self,
        Caps caps,
        Pace pace,
        AddressRules rules,
        List<NodeAddress> persistent,
        Map<NodeId, Set<PeerFlag>> flags,
        boolean reservedSlots,
        double upgradeGap) {

    private static final int MAX_PEERS = 10_000;
    private static final double UPGRADE_GAP = 20;

    public PeerPolicy {
        persistent = List.copyOf(persistent);
        Map<NodeId, Set<PeerFlag>> all = new HashMap<>();
        flags.forEach((id, wanted) -> all.put(id, Set.copyOf(wanted)));
        for (NodeAddress address : persistent) {
            all.merge(address.id(), Set.of(PeerFlag.PERSISTENT), PeerPolicy::union);
        }
        flags = Map.copyOf(all);
    }

    /** A node that knows nobody, with common limits. */
    public static PeerPolicy defaults(NodeId self) {
        return new PeerPolicy(
                self,
                Caps.of(40, 10),
                Pace.STANDARD,
                AddressRules.standard(MAX_PEERS),
                List.of(),
                Map.of(),
                true,
                UPGRADE_GAP);
    }

    public PeerPolicy withCaps(int inbound, int outbound, int peers) {
        return withCaps(Caps.of(inbound, outbound)).withRules(rules.withMaxPeers(peers));
    }

    public PeerPolicy withCaps(Caps value) {
        return new PeerPolicy(self, value, pace, rules, persistent, flags, reservedSlots, upgradeGap);
    }

    public PeerPolicy withPace(Pace value) {
        return new PeerPolicy(self, caps, value, rules, persistent, flags, reservedSlots, upgradeGap);
    }

    public PeerPolicy withRules(AddressRules value) {
        return new PeerPolicy(self, caps, pace, value, persistent, flags, reservedSlots, upgradeGap);
    }

    public PeerPolicy withPersistent(List<NodeAddress> value) {
        return new PeerPolicy(self, caps, pace, rules, value, flags, reservedSlots, upgradeGap);
    }

    public PeerPolicy withFlags(Map<NodeId, Set<PeerFlag>> value) {
        return new PeerPolicy(self, caps, pace, rules, persistent, value, reservedSlots, upgradeGap);
    }

    public PeerPolicy withNarrowestScope(AddressScope value) {
        return withRules(rules.withNarrowestScope(value));
    }

    public PeerPolicy withLowestPort(int value) {
        return withRules(rules.withLowestPort(value));
    }

    public PeerPolicy withAddressLife(AddressLife value) {
        return withRules(rules.withLife(value));
    }

    /** With the places where this node can be reached, as configured and as its network interfaces say. */
    public PeerPolicy withOwnAddresses(List<NodeAddress> configured, List<NodeAddress> ofInterfaces) {
        return withRules(rules.withOwn(configured, ofInterfaces));
    }

    /** Slots of the kind that Tendermint's router had: no reserved ones, and peers are replaced for this gap. */
    PeerPolicy withoutReservedSlots(double gap) {
        return new PeerPolicy(self, caps, pace, rules, persistent, flags, false, gap);
    }

    /** What the configuration wants of a peer. */
    Set<PeerFlag> flagsOf(NodeId id) {
        return flags.getOrDefault(id, Set.of());
    }

    private static Set<PeerFlag> union(Set<PeerFlag> some, Set<PeerFlag> others) {
        Set<PeerFlag> all = EnumSet.copyOf(some);
        all.addAll(others);
        return Set.copyOf(all);
    }
}
