package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The known peers, bounded. Unverified peers make room only for each other and for verified ones; verified ones make room only
 * for verified ones. Who is connected, being dialed or wanted stays, and is kept beyond the bound if need be.
 */
final class PeerTable {

    private final PeerPolicy policy;
    private final RandomGenerator random;
    private final Quotas quotas;
    private final AddressPool pool;
    private final Map<NodeId, PeerEntry> entries = new LinkedHashMap<>();
    private final PeerHeap unverified = new PeerHeap(PeerHeap.Use.SHELF);
    private final PeerHeap verified = new PeerHeap(PeerHeap.Use.SHELF);
    private final PeerHeap expiring = new PeerHeap(PeerHeap.Use.EXPIRY);
    private final BiConsumer<PeerEntry, String> forgotten;
    private int verifiedCount;

    /** @param forgotten told of each peer that had to go, and why */
    PeerTable(
            PeerPolicy policy,
            RandomGenerator random,
            Quotas quotas,
            AddressPool pool,
            BiConsumer<PeerEntry, String> forgotten) {
        this.policy = policy;
        this.random = random;
        this.quotas = quotas;
        this.pool = pool;
        this.forgotten = forgotten;
    }

    @Nullable
    PeerEntry find(NodeId id) {
        return entries.get(id);
    }

    Collection<PeerEntry> all() {
        return entries.values();
    }

    int size() {
        return entries.size();
    }

    int verifiedCount() {
        return verifiedCount;
    }

    /** Whether one more unverified peer finds room. Makes it if there is none. */
    boolean makeRoom() {
        PeerEntry least = unverified.first();
        while (entries.size() >= policy.rules().maxPeers()) {
            if (least == null) {
                return false;
            }
            forget(least, "no-room");
            least = unverified.first();
        }
        return true;
    }

    /** Adds a peer. The caller made room, or the peer is connected or wanted. */
    PeerEntry add(PeerRecord record) {
        PeerEntry entry = new PeerEntry(record, policy.flagsOf(record.id()), random.nextInt(Integer.MAX_VALUE));
        entries.put(entry.id, entry);
        verifiedCount += entry.verified() ? 1 : 0;
        settle(entry);
        return entry;
    }

    /** Replaces a peer's record. */
    void update(PeerEntry entry, PeerRecord record) {
        boolean before = entry.verified();
        entry.record(record);
        boolean after = entry.verified();
        verifiedCount += (after ? 1 : 0) - (before ? 1 : 0);
        if (after && !before) {
            quotas.release(entry);
            boundVerified(entry);
        }
        settle(entry);
    }

    /** Puts a peer where it belongs after something about it changed. */
    void settle(PeerEntry entry) {
        if (!entry.flags().isEmpty() && entry.source != null) {
            quotas.release(entry);
        }
        PeerHeap shelf = entry.busy() || !entry.flags().isEmpty() ? null : entry.verified() ? verified : unverified;
        PeerHeap now = entry.shelf;
        if (now != null && now != shelf) {
            now.remove(entry);
        }
        if (shelf != null) {
            shelf.put(entry, Ranking.worth(entry.record()));
        }
        long expiry = shelf == null
                ? Long.MAX_VALUE
                : Expiry.due(entry, policy.rules().life());
        if (expiry < Long.MAX_VALUE) {
            expiring.put(entry, expiry);
        } else if (entry.expiry != null) {
            expiring.remove(entry);
        }
        pool.settle(entry);
    }

    /** A peer of which an address's time is over, or null. */
    @Nullable
    PeerEntry expired(Instant now) {
        return expiring.isEmpty() || expiring.firstKey() > now.toEpochMilli() ? null : expiring.first();
    }

    /** When the time of the next address is over; empty if all are kept for good. */
    Optional<Instant> firstExpiry() {
        return expiring.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expiring.firstKey()));
    }

    void forget(PeerEntry entry, String why) {
        entries.remove(entry.id);
        verifiedCount -= entry.verified() ? 1 : 0;
        if (entry.shelf != null) {
            entry.shelf.remove(entry);
        }
        if (entry.expiry != null) {
            entry.expiry.remove(entry);
        }
        quotas.release(entry);
        pool.remove(entry);
        forgotten.accept(entry, why);
    }

    /** The peer that would be forgotten for another verified one, or for another unverified one. */
    @Nullable
    PeerEntry least(boolean ofVerified) {
        return ofVerified ? verified.first() : unverified.first();
    }

    private void boundVerified(PeerEntry newcomer) {
        PeerEntry least = verified.first();
        while (verifiedCount > policy.rules().maxVerified() && least != null && least != newcomer) {
            forget(least, "no-room");
            least = verified.first();
        }
    }
}
