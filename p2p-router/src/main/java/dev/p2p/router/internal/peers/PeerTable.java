package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The known peers, bounded: who was never reached and failed most often goes first. */
final class PeerTable {

    private final Map<NodeId, PeerRecord> peers = new LinkedHashMap<>();
    private final int capacity;

    PeerTable(int capacity) {
        this.capacity = capacity;
    }

    Optional<PeerRecord> find(NodeId id) {
        return Optional.ofNullable(peers.get(id));
    }

    PeerRecord get(NodeId id, Instant now) {
        PeerRecord peer = peers.get(id);
        return peer == null ? PeerRecord.unknown(id, now) : peer;
    }

    Collection<PeerRecord> all() {
        return peers.values();
    }

    int size() {
        return peers.size();
    }

    void put(PeerRecord peer) {
        peers.put(peer.id(), peer);
    }

    /**
     * Makes room if there is none.
     *
     * @param keep peers that must stay
     * @return who had to go
     */
    Optional<NodeId> evictIfFull(Predicate<NodeId> keep) {
        if (peers.size() < capacity) {
            return Optional.empty();
        }
        Optional<NodeId> least = peers.values().stream()
                .filter(peer -> !keep.test(peer.id()) && peer.ban().isEmpty())
                .min(Comparator.comparing(PeerTable::lastSuccess).thenComparing(peer -> -failures(peer)))
                .map(PeerRecord::id);
        least.ifPresent(peers::remove);
        return least;
    }

    /** A peer's record with an address added, if it is new and there is room for it. */
    static PeerRecord withAddress(PeerRecord peer, NodeAddress address, Source source, Instant now) {
        boolean known =
                peer.addresses().stream().anyMatch(record -> record.address().equals(address));
        if (known) {
            return peer;
        }
        List<AddressRecord> addresses = new ArrayList<>(peer.addresses());
        if (addresses.size() == PeerRecord.MAX_ADDRESSES) {
            Optional<AddressRecord> worst = addresses.stream()
                    .filter(record -> record.lastSuccess().isEmpty() && record.failures() > 0)
                    .max(Comparator.comparingInt(AddressRecord::failures));
            if (worst.isEmpty()) {
                return peer;
            }
            addresses.remove(worst.get());
        }
        addresses.add(AddressRecord.heard(address, source, now));
        return peer.withAddresses(addresses);
    }

    /** A peer's record with one address changed. */
    static PeerRecord withChanged(PeerRecord peer, NodeAddress address, UnaryOperator<AddressRecord> change) {
        return peer.withAddresses(peer.addresses().stream()
                .map(record -> record.address().equals(address) ? change.apply(record) : record)
                .toList());
    }

    private static Instant lastSuccess(PeerRecord peer) {
        return peer.addresses().stream()
                .flatMap(record -> record.lastSuccess().stream())
                .max(Comparator.naturalOrder())
                .or(peer::lastConnected)
                .orElse(Instant.MIN);
    }

    private static int failures(PeerRecord peer) {
        return peer.addresses().stream().mapToInt(AddressRecord::failures).sum();
    }
}
