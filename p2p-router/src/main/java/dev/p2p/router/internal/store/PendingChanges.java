package dev.p2p.router.internal.store;

import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerStoreException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait for a store, coalesced and bounded: of each peer and each range of addresses only what
 * came last. Who asked for
 * {@link Durability#SYNC} is served before all others, so a ban never queues behind gossip. Not safe for several threads.
 */
public final class PendingChanges {

    private final int maxPeers;
    private final int maxEvents;
    private final Map<Object, PendingEntry> urgent = new LinkedHashMap<>();
    private final Map<Object, PendingEntry> relaxed = new LinkedHashMap<>();
    private int events;
    private long dropped;

    /**
     * @param maxPeers the most peers with changes; past it the one that waits longest without urgency is dropped
     * @param maxEvents the most history events of all peers together; past it a peer's own oldest, or the new one, is dropped
     */
    public PendingChanges(int maxPeers, int maxEvents) {
        this.maxPeers = maxPeers;
        this.maxEvents = maxEvents;
    }

    /**
     * Adds a change.
     *
     * @return for SYNC: completes when the change, or a newer one of the same peer in its place, is on disk; fails if it never
     *     will be. For ASYNC: complete
     */
    public CompletableFuture<@Nullable Void> add(Change change, Durability durability) {
        Object id = subject(change);
        boolean sync = durability == Durability.SYNC;
        PendingEntry peer = urgent.get(id);
        if (peer == null) {
            peer = sync ? relaxed.remove(id) : relaxed.get(id);
            if (peer == null) {
                if (!makeRoom()) {
                    dropped++;
                    return sync ? CompletableFuture.failedFuture(full()) : CompletableFuture.completedFuture(null);
                }
                peer = new PendingEntry();
            }
            (sync ? urgent : relaxed).put(id, peer);
        }
        merge(peer, change);
        return sync ? peer.acknowledgement() : CompletableFuture.completedFuture(null);
    }

    /** How many peers have changes that wait. */
    public int size() {
        return urgent.size() + relaxed.size();
    }

    /** Whether someone waits for the disk. */
    public boolean isUrgent() {
        return !urgent.isEmpty();
    }

    /** How many changes were dropped because too many waited. */
    public long dropped() {
        return dropped;
    }

    /**
     * Takes out what to write next: either urgent changes or others.
     *
     * @param limit the most peers
     */
    public Batch take(int limit) {
        Durability durability = isUrgent() ? Durability.SYNC : Durability.ASYNC;
        List<PendingEntry> peers = new ArrayList<>();
        Iterator<PendingEntry> from = (isUrgent() ? urgent : relaxed).values().iterator();
        while (from.hasNext() && peers.size() < limit) {
            PendingEntry peer = from.next();
            events -= peer.events();
            peers.add(peer);
            from.remove();
        }
        return new Batch(peers, durability);
    }

    private boolean makeRoom() {
        if (size() < maxPeers) {
            return true;
        }
        Iterator<PendingEntry> eldest = relaxed.values().iterator();
        if (!eldest.hasNext()) {
            return false;
        }
        events -= eldest.next().events();
        eldest.remove();
        dropped++;
        return true;
    }

    private void merge(PendingEntry peer, Change change) {
        int before = peer.events();
        switch (change) {
            case Change.Put put -> peer.put(put);
            case Change.Delete delete -> peer.delete(delete);
            case Change.Block _, Change.Unblock _ -> peer.put(change);
            case Change.Append append -> {
                if (events >= maxEvents) {
                    dropped++;
                    if (!peer.dropOldestEvent()) {
                        return;
                    }
                }
                peer.append(append);
            }
        }
        events += peer.events() - before;
    }

    /** Changes of different subjects may change places. */
    private static Object subject(Change change) {
        return switch (change) {
            case Change.Put put -> put.peer().id();
            case Change.Delete delete -> delete.id();
            case Change.Append append -> append.id();
            case Change.Block block -> block.block();
            case Change.Unblock unblock -> unblock.block();
        };
    }

    private static PeerStoreException full() {
        return new PeerStoreException(
                PeerStoreException.Problem.IO,
                "too many changes wait for the peer store already; this one is not taken");
    }

    /**
     * What is written together.
     *
     * @param peers in the order in which they came
     * @param durability for all of them
     */
    public record Batch(List<PendingEntry> peers, Durability durability) {

        public Batch {
            peers = List.copyOf(peers);
        }

        /** All changes, in the order in which they must be written. */
        public List<Change> changes() {
            return peers.stream().flatMap(peer -> peer.changes().stream()).toList();
        }

        /** Each peer by itself. */
        public List<Batch> apart() {
            return peers.stream()
                    .map(peer -> new Batch(List.of(peer), durability))
                    .toList();
        }

        /** Tells who waits that it is written. */
        public void acknowledge() {
            peers.forEach(peer -> peer.finish(null));
        }

        /** Tells who waits that it never will be. */
        public void fail(Throwable cause) {
            peers.forEach(peer -> peer.finish(cause));
        }
    }
}
