package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A known peer: its record, which is replaced as a whole, what is going on with it, and where it stands in the queues, so that
 * each of them finds it without looking.
 */
final class PeerEntry {

    final NodeId id;

    /** Decides among equals, the same for as long as the node runs. */
    final int lot;

    private final Set<PeerFlag> configured;
    private Set<PeerFlag> flags;
    private PeerRecord record;

    @Nullable
    Attempt dialing;

    @Nullable
    Live live;

    /** A peer of the last run that is dialed before all others, until it was. */
    boolean anchor;

    /** Where the peer waits to be dialed. */
    @Nullable
    PeerHeap queue;

    int queueAt;

    /** Where the peer waits to be forgotten. */
    @Nullable
    PeerHeap shelf;

    int shelfAt;

    /** Where the peer waits for an address's time to be over. */
    @Nullable
    PeerHeap expiry;

    int expiryAt;

    @Nullable
    QuotaBucket source;

    int sourceAt;

    @Nullable
    QuotaBucket group;

    int groupAt;

    /** Told to other peers; null if none is. */
    @Nullable
    NodeAddress told;

    int toldAt;

    PeerEntry(PeerRecord record, Set<PeerFlag> configured, int lot) {
        this.id = record.id();
        this.record = record;
        this.configured = configured;
        this.flags = union(configured, record.flags());
        this.lot = lot;
    }

    PeerRecord record() {
        return record;
    }

    void record(PeerRecord value) {
        if (value.flags() != record.flags()) {
            flags = union(configured, value.flags());
        }
        record = value;
    }

    /** What is wanted of it, by configuration or by an operator. */
    Set<PeerFlag> flags() {
        return flags;
    }

    boolean has(PeerFlag flag) {
        return !flags.isEmpty() && flags.contains(flag);
    }

    /** Whether it has a connection or an attempt at one. */
    boolean busy() {
        return live != null || dialing != null;
    }

    /** Whether a connection was ever made at one of its addresses. */
    boolean verified() {
        List<AddressRecord> addresses = record.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).lastSuccess().isPresent()) {
                return true;
            }
        }
        return false;
    }

    boolean bannedAt(Instant now) {
        return record.ban().isPresent() && record.ban().get().holdsAt(now);
    }

    boolean incompatibleAt(Instant now) {
        return record.incompatible().isPresent() && record.incompatible().get().holdsAt(now);
    }

    @Override
    public String toString() {
        return id.shortText();
    }

    private static Set<PeerFlag> union(Set<PeerFlag> some, Set<PeerFlag> others) {
        if (others.isEmpty()) {
            return some;
        }
        Set<PeerFlag> all = EnumSet.copyOf(others);
        all.addAll(some);
        return Set.copyOf(all);
    }
}
