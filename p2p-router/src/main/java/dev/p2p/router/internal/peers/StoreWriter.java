package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes behind: a peer that changes a hundred times before the store gets to it is written once. One thread of the platform,
 * because native calls hold it. A store that fails is asked again; what waits for it is bounded, because it is one record a peer
 * and a limited number of history events.
 */
final class StoreWriter implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StoreWriter.class.getName());
    private static final int MAX_WAITING_EVENTS = 10_000;
    private static final long RETRY_SECONDS = 1;
    private static final long CLOSE_SECONDS = 10;

    private final PeerStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Map<NodeId, Change> records = new LinkedHashMap<>();
    private final List<Change> events = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("p2p-store").unstarted(this::run);
    private final List<CompletableFuture<Boolean>> waiters = new ArrayList<>();
    private boolean sync;
    private boolean closing;
    private long droppedEvents;

    /** What is written together. */
    private record Batch(List<Change> changes, Durability durability, List<CompletableFuture<Boolean>> waiters) {}

    StoreWriter(PeerStore store) {
        this.store = store;
    }

    void start() {
        thread.start();
    }

    /** Takes a change. Never blocks for the store. */
    void submit(Change change, Durability durability) {
        lock.lock();
        try {
            switch (change) {
                case Change.Put put -> records.put(put.peer().id(), change);
                case Change.Delete delete -> records.put(delete.id(), change);
                case Change.Block _, Change.Unblock _, Change.Append _ -> addEvent(change);
            }
            sync |= durability == Durability.SYNC;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes when everything that was submitted so far is on disk; exceptionally when the store refuses it, though the writing
     * goes on.
     */
    CompletableFuture<Boolean> written() {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        lock.lock();
        try {
            waiters.add(written);
            sync = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        return written;
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(CLOSE_SECONDS))) {
                LOG.log(Level.ERROR, "the peer store did not take the last changes in time");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void addEvent(Change event) {
        if (events.size() == MAX_WAITING_EVENTS) {
            events.removeFirst();
            droppedEvents++;
        }
        events.add(event);
    }

    private void run() {
        try {
            Batch batch = take();
            while (batch != null) {
                write(batch);
                batch = take();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.WARNING, "the store's thread was interrupted");
        }
    }

    private @Nullable Batch take() throws InterruptedException {
        lock.lock();
        try {
            while (records.isEmpty() && events.isEmpty() && waiters.isEmpty()) {
                if (closing) {
                    return null;
                }
                work.await();
            }
            List<Change> changes = new ArrayList<>(records.values());
            changes.addAll(events);
            Batch batch = new Batch(changes, sync ? Durability.SYNC : Durability.ASYNC, List.copyOf(waiters));
            waiters.clear();
            records.clear();
            events.clear();
            sync = false;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void write(Batch batch) throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                store.write(batch.changes, batch.durability);
                batch.waiters.forEach(waiter -> waiter.complete(true));
                return;
            } catch (PeerStoreException e) {
                batch.waiters.forEach(waiter -> waiter.completeExceptionally(e));
                if (!told) {
                    LOG.log(Level.ERROR, "the peer store refuses changes; they are kept and tried again", e);
                    told = true;
                }
                if (isClosing()) {
                    LOG.log(
                            Level.ERROR,
                            batch.changes.size() + " changes of peers are lost, dropped before: " + droppedEvents);
                    return;
                }
                TimeUnit.SECONDS.sleep(RETRY_SECONDS);
            }
        }
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }
}
