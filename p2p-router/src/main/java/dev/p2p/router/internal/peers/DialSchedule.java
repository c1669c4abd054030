package dev.p2p.router.internal.peers;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may be dialed, and from when on. A peer that may not be dialed yet waits by its instant; one that may waits by its rank, where
 * verified and unverified peers are apart; one whose part of the network has no share left is set aside until a share is free.
 * Reserved peers wait for nothing but their instant. Every operation costs O(log n).
 */
final class DialSchedule {

    private final boolean reservedSlots;
    private final PeerHeap reserved = new PeerHeap(PeerHeap.Use.QUEUE);
    private final PeerHeap waiting = new PeerHeap(PeerHeap.Use.QUEUE);
    private final PeerHeap verified = new PeerHeap(PeerHeap.Use.QUEUE);
    private final PeerHeap unverified = new PeerHeap(PeerHeap.Use.QUEUE);
    private final Map<String, PeerHeap> aside = new HashMap<>();

    DialSchedule(boolean reservedSlots) {
        this.reservedSlots = reservedSlots;
    }

    /** Puts a peer where it belongs: nowhere while there is a connection or an attempt. */
    void settle(PeerEntry entry, Instant now) {
        PeerHeap home;
        long key;
        if (entry.busy() || entry.record().addresses().isEmpty()) {
            remove(entry);
            return;
        }
        Instant due = due(entry);
        if (reservedSlots && entry.has(PeerFlag.PERSISTENT)) {
            home = reserved;
            key = due.toEpochMilli();
        } else if (due.isAfter(now)) {
            home = waiting;
            key = due.toEpochMilli();
        } else {
            home = ready(entry);
            key = Ranking.dialRank(entry);
        }
        if (entry.queue != null && entry.queue != home) {
            entry.queue.remove(entry);
        }
        home.put(entry, key);
    }

    void remove(PeerEntry entry) {
        if (entry.queue != null) {
            entry.queue.remove(entry);
        }
    }

    /** Lets those whose instant has come wait by their rank. */
    void advance(Instant now) {
        long millis = now.toEpochMilli();
        PeerEntry first = waiting.first();
        while (first != null && waiting.firstKey() <= millis) {
            waiting.remove(first);
            ready(first).put(first, Ranking.dialRank(first));
            first = waiting.first();
        }
    }

    /** The reserved peer whose instant has come, or null. */
    @Nullable
    PeerEntry dueReserved(Instant now) {
        return reserved.isEmpty() || reserved.firstKey() > now.toEpochMilli() ? null : reserved.first();
    }

    /** The best peer that may be dialed, or null. */
    @Nullable
    PeerEntry best() {
        PeerEntry best = verified.first();
        return best == null ? unverified.first() : best;
    }

    /** The best peer whose addresses are only hearsay, or null. */
    @Nullable
    PeerEntry bestUnverified() {
        return unverified.first();
    }

    /** Sets a peer aside until its share is free again. */
    void setAside(PeerEntry entry, String share) {
        remove(entry);
        aside.computeIfAbsent(share, name -> new PeerHeap(PeerHeap.Use.QUEUE)).put(entry, Ranking.dialRank(entry));
    }

    /** A share became free: whoever waited for it first comes back. */
    void shareFreed(String share) {
        PeerHeap heap = aside.get(share);
        PeerEntry best = heap == null ? null : heap.first();
        if (heap != null && best != null) {
            heap.remove(best);
            ready(best).put(best, Ranking.dialRank(best));
        }
        dropIfEmpty(share);
    }

    /** Lets a peer wait longer than its record says: until then all its addresses are banned. */
    void waitUntil(PeerEntry entry, Instant until) {
        PeerHeap home = entry.queue == reserved ? reserved : waiting;
        if (entry.queue != null && entry.queue != home) {
            entry.queue.remove(entry);
        }
        home.put(entry, until.toEpochMilli());
    }

    /** The instant at which the next one's time comes; empty if nobody waits. */
    Optional<Instant> firstWaiting() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(waiting.firstKey()));
    }

    /** The instant at which the next reserved peer is due; empty if there is none. */
    Optional<Instant> firstReserved() {
        return reserved.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(reserved.firstKey()));
    }

    /** Whether a peer may be dialed as soon as there is a slot. */
    boolean isReady(PeerEntry entry) {
        return entry.queue == verified || entry.queue == unverified;
    }

    int waiting() {
        return waiting.size() + reserved.size();
    }

    int ready() {
        return verified.size() + unverified.size();
    }

    /** From when on a peer may be dialed. Only if it has an address. */
    static Instant due(PeerEntry entry) {
        Instant due = Instant.MAX;
        List<AddressRecord> addresses = entry.record().addresses();
        for (int i = 0; i < addresses.size(); i++) {
            Optional<Instant> next = addresses.get(i).nextAttempt();
            if (next.isEmpty()) {
                due = Instant.EPOCH;
                break;
            }
            due = next.get().isBefore(due) ? next.get() : due;
        }
        return later(later(due, entry.record().ban()), entry.record().incompatible());
    }

    private PeerHeap ready(PeerEntry entry) {
        return entry.verified() || entry.anchor ? verified : unverified;
    }

    private void dropIfEmpty(String share) {
        PeerHeap heap = aside.get(share);
        if (heap != null && heap.isEmpty()) {
            aside.remove(share);
        }
    }

    private static Instant later(Instant due, Optional<Mark> mark) {
        return mark.isPresent() && mark.get().until().isAfter(due) ? mark.get().until() : due;
    }
}
