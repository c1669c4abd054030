package dev.p2p.api.store;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of a peer. Instants have millisecond precision. What the configuration wants of the peer is not part of
 * it: that comes from the configuration at every start.
 *
 * @param id the peer
 * @param addresses where it can be dialed, at most {@value #MAX_ADDRESSES}, each address once
 * @param reputation its standing at {@code reputationAt}; higher is better
 * @param reputationAt when that was true, so that decay needs no rewriting
 * @param lastConnected when a connection to it last existed
 * @param ban refused until then
 * @param incompatible not dialed until then, because the two nodes do not fit
 * @param flags what an operator asked for while the node ran
 */
public record PeerRecord(
        NodeId id,
        List<AddressRecord> addresses,
        double reputation,
        Instant reputationAt,
        Optional<Instant> lastConnected,
        Optional<Mark> ban,
        Optional<Mark> incompatible,
        Set<PeerFlag> flags) {

    /** The most addresses kept for one peer. */
    public static final int MAX_ADDRESSES = 16;

    public PeerRecord {
        addresses = List.copyOf(addresses);
        flags = Set.copyOf(flags);
        if (addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException(
                    "a peer has at most " + MAX_ADDRESSES + " addresses, not " + addresses.size());
        }
        for (int i = 0; i < addresses.size(); i++) {
            requireOwnAndNew(id, addresses, i);
        }
        if (!Double.isFinite(reputation)) {
            throw new IllegalArgumentException("a reputation is a finite number, not " + reputation);
        }
    }

    /** A peer of which an operator asked nothing. */
    public PeerRecord(
            NodeId id,
            List<AddressRecord> addresses,
            double reputation,
            Instant reputationAt,
            Optional<Instant> lastConnected,
            Optional<Mark> ban,
            Optional<Mark> incompatible) {
        this(id, addresses, reputation, reputationAt, lastConnected, ban, incompatible, Set.of());
    }

    /** A peer of which nothing is known but its identity. */
    public static PeerRecord unknown(NodeId id, Instant now) {
        return new PeerRecord(id, List.of(), 0, now, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public PeerRecord withAddresses(List<AddressRecord> value) {
        return new PeerRecord(id, value, reputation, reputationAt, lastConnected, ban, incompatible, flags);
    }

    public PeerRecord withReputation(double value, Instant at) {
        return new PeerRecord(id, addresses, value, at, lastConnected, ban, incompatible, flags);
    }

    public PeerRecord withLastConnected(Instant value) {
        return new PeerRecord(id, addresses, reputation, reputationAt, Optional.of(value), ban, incompatible, flags);
    }

    public PeerRecord withBan(Optional<Mark> value) {
        return new PeerRecord(id, addresses, reputation, reputationAt, lastConnected, value, incompatible, flags);
    }

    public PeerRecord withIncompatible(Optional<Mark> value) {
        return new PeerRecord(id, addresses, reputation, reputationAt, lastConnected, ban, value, flags);
    }

    public PeerRecord withFlags(Set<PeerFlag> value) {
        return new PeerRecord(id, addresses, reputation, reputationAt, lastConnected, ban, incompatible, value);
    }

    private static void requireOwnAndNew(NodeId id, List<AddressRecord> addresses, int index) {
        NodeAddress address = addresses.get(index).address();
        if (!address.id().equals(id)) {
            throw new IllegalArgumentException("the record of " + id + " holds an address of " + address.id());
        }
        for (int earlier = 0; earlier < index; earlier++) {
            if (addresses.get(earlier).address().equals(address)) {
                throw new IllegalArgumentException("an address stands twice in the record of " + id);
            }
        }
    }
}
