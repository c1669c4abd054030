package dev.p2p.transport.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: values in order, bounded in number and bytes. The writer waits for room, the reader for values.
 */
final class Pipe {

    private static final int MAX_ITEMS = 256;

    /** About what sits in the two kernel buffers of a TCP connection. */
    private static final long MAX_BYTES = 512 * 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private long queuedBytes;
    private boolean ended;
    private boolean broken;

    /** What travels: a value of the handshake or a message. */
    record Item(Object value, int bytes) {}

    /** Waits for room. Returns false if the pipe broke. */
    boolean put(Object value, int bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!broken
                    && !ended
                    && !items.isEmpty()
                    && (items.size() >= MAX_ITEMS || queuedBytes + bytes > MAX_BYTES)) {
                changed.await();
            }
            if (broken || ended) {
                return false;
            }
            items.addLast(new Item(value, bytes));
            queuedBytes += bytes;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts a keep-alive, for which there is always room: each side has at most one question under way. Does nothing if the
     * pipe broke.
     */
    void putAtOnce(Object value) {
        lock.lock();
        try {
            if (!broken && !ended) {
                items.addLast(new Item(value, 0));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a value.
     *
     * @return the value, or null at the end or if the pipe broke
     */
    @Nullable
    Item take() throws InterruptedException {
        return take(Duration.ofDays(365));
    }

    /** The same with a limit; {@link #open()} tells a time-out from an end. */
    @Nullable
    Item take(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!broken && items.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (broken || items.isEmpty()) {
                return null;
            }
            Item item = items.removeFirst();
            queuedBytes -= item.bytes;
            changed.signalAll();
            return item;
        } finally {
            lock.unlock();
        }
    }

    /** The writer is done; what is in the pipe still arrives. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The connection is gone; what is in the pipe is lost. */
    void breakOff() {
        lock.lock();
        try {
            broken = true;
            items.clear();
            queuedBytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean open() {
        lock.lock();
        try {
            return !broken && !ended;
        } finally {
            lock.unlock();
        }
    }
}
