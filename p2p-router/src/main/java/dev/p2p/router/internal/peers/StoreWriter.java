package dev.p2p.router.internal.peers;

import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.StoreStats;
import dev.p2p.router.control.StoreStatus;
import dev.p2p.router.internal.store.PendingChanges;
import dev.p2p.router.internal.store.PendingChanges.Batch;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes behind: a peer that changes a hundred times while changes gather is written once; a change with
 * {@link Durability#SYNC} is written at once and acknowledged when it is on disk. A store that fails, as on a full disk, is asked
 * again until it takes the changes; what waits meanwhile is bounded.
 *
 * <p>One thread of the platform, the only one that writes: calls into a native store hold their thread, and would take the
 * carrier away from virtual threads.
 */
final class StoreWriter implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StoreWriter.class.getName());
    private static final int MAX_WAITING_PEERS = 100_000;
    private static final int MAX_WAITING_EVENTS = 10_000;

    /** Larger batches gain nothing: a thousand records cost RocksDB 2 ms. */
    private static final int MAX_BATCH_PEERS = 1_000;

    private final PeerStore store;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PendingChanges pending = new PendingChanges(MAX_WAITING_PEERS, MAX_WAITING_EVENTS);
    private final Thread thread = Thread.ofPlatform().daemon().name("p2p-store").unstarted(this::run);
    private volatile @Nullable String failure;
    private boolean closing;
    private boolean ended;
    private long giveUpAt;

    /**
     * How long things take.
     *
     * @param gather how long changes that nobody waits for are gathered; at most these are lost when the process dies
     * @param retry how long until a store that failed is asked again
     * @param close how long closing may take; what is not written then is lost
     */
    record Pace(Duration gather, Duration retry, Duration close) {

        static final Pace USUAL = new Pace(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    StoreWriter(PeerStore store) {
        this(store, Pace.USUAL);
    }

    StoreWriter(PeerStore store, Pace pace) {
        this.store = store;
        this.pace = pace;
    }

    void start() {
        thread.start();
    }

    /**
     * Takes a change. Never blocks for the store. Safe from any thread.
     *
     * @return for SYNC: completes on the store's thread when the change, or a newer one of the same peer in its place, is on
     *     disk; completes exceptionally if it never will be. What depends on it must not block. For ASYNC: complete already
     */
    CompletableFuture<@Nullable Void> submit(Change change, Durability durability) {
        lock.lock();
        try {
            if (ended) {
                return CompletableFuture.failedFuture(new IllegalStateException("the store's writer has ended"));
            }
            CompletableFuture<@Nullable Void> acknowledged = pending.add(change, durability);
            if (pending.size() == 1 || pending.isUrgent() || pending.size() >= MAX_BATCH_PEERS) {
                changed.signal();
            }
            return acknowledged;
        } finally {
            lock.unlock();
        }
    }

    /** How it stands with the store, and what the store says of itself. Safe from any thread. */
    StoreStatus status(StoreStats stats) {
        lock.lock();
        try {
            return new StoreStatus(stats, pending.size(), pending.dropped(), Optional.ofNullable(failure));
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, and ends. What cannot be written in time is lost, and its acknowledgements fail. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            giveUpAt = System.nanoTime() + pace.close.toNanos();
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            // A second more than the thread gives itself: only a store that hangs is interrupted.
            if (thread.isAlive() && !thread.join(pace.close.plusSeconds(1))) {
                LOG.log(Level.ERROR, "the peer store hangs; the last changes may be lost");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void run() {
        try {
            Batch batch = take();
            while (batch != null) {
                writeOrFail(batch);
                batch = take();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.WARNING, "the store's thread was interrupted");
        } finally {
            end();
        }
    }

    /** Waits for changes, and a little longer so that more may come, unless someone waits for the disk. */
    private @Nullable Batch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (pending.size() == 0) {
                if (closing) {
                    return null;
                }
                changed.await();
            }
            long left = pace.gather.toNanos();
            while (left > 0 && !closing && !pending.isUrgent() && pending.size() < MAX_BATCH_PEERS) {
                left = changed.awaitNanos(left);
            }
            return pending.take(MAX_BATCH_PEERS);
        } finally {
            lock.unlock();
        }
    }

    private void writeOrFail(Batch batch) throws InterruptedException {
        try {
            write(batch);
        } catch (InterruptedException e) {
            batch.fail(e);
            throw e;
        }
    }

    private void write(Batch batch) throws InterruptedException {
        for (int failures = 0; ; failures++) {
            try {
                store.write(batch.changes(), batch.durability());
                batch.acknowledge();
                failure = null;
                if (failures > 0) {
                    LOG.log(Level.INFO, "the peer store takes changes again; dropped so far: " + dropped());
                }
                return;
            } catch (PeerStoreException e) {
                failure = String.valueOf(e.getMessage());
                if (failures == 0) {
                    LOG.log(Level.ERROR, "the peer store refuses changes; they are kept and tried again", e);
                }
                if (!mayTryAgain()) {
                    LOG.log(Level.ERROR, "changes of " + batch.peers().size() + " peers are lost");
                    batch.fail(e);
                    return;
                }
            } catch (RuntimeException e) {
                writeApart(batch, e);
                return;
            }
        }
    }

    /** One change that a store cannot stand must not take others with it. */
    private void writeApart(Batch batch, RuntimeException cause) throws InterruptedException {
        if (batch.peers().size() == 1) {
            LOG.log(Level.ERROR, "the peer store cannot stand a change; it is dropped", cause);
            batch.fail(cause);
            return;
        }
        for (Batch one : batch.apart()) {
            write(one);
        }
    }

    private boolean mayTryAgain() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pace.retry.toNanos();
            while (left > 0 && !(closing && System.nanoTime() >= giveUpAt)) {
                left = changed.awaitNanos(closing ? Math.min(left, giveUpAt - System.nanoTime()) : left);
            }
            return !closing || System.nanoTime() < giveUpAt;
        } finally {
            lock.unlock();
        }
    }

    private long dropped() {
        lock.lock();
        try {
            return pending.dropped();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        List<Batch> lost = new ArrayList<>();
        lock.lock();
        try {
            ended = true;
            while (pending.size() > 0) {
                lost.add(pending.take(MAX_BATCH_PEERS));
            }
        } finally {
            lock.unlock();
        }
        for (Batch batch : lost) {
            LOG.log(Level.ERROR, "changes of " + batch.peers().size() + " peers are lost");
            batch.fail(new IllegalStateException("the store's writer has ended"));
        }
    }
}
