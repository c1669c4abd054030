package dev.p2p.transport.tcp.internal.wire;

import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pings of one connection that wait for their pong. Pongs carry no number, and CometBFT answers several waiting pings with
 * one pong (section 4.5), so a measured ping goes out only when none is open. Times are {@link System#nanoTime()}.
 */
final class RoundTrips {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean measuring;
    private boolean open;
    private boolean ended;
    private long sentAt;
    private long answers;
    private volatile boolean asked;
    private volatile long lastNanos;

    /**
     * Lets the writer send a ping, and waits for its pong.
     *
     * @param wakeWriter called without a lock
     * @return nanoseconds, or empty if the connection ended before
     */
    OptionalLong measure(Runnable wakeWriter) throws InterruptedException {
        long before;
        lock.lockInterruptibly();
        try {
            while ((measuring || open) && !ended) {
                changed.await();
            }
            measuring = true;
            before = answers;
        } finally {
            lock.unlock();
        }
        asked = true;
        wakeWriter.run();
        return awaitAnswer(before);
    }

    /** Whether the writer is to send a ping for somebody who waits. */
    boolean isAsked() {
        return asked;
    }

    /** The writer sends a ping. One that is open already stays the measured one. */
    void sent(long now) {
        lock.lock();
        try {
            asked = false;
            if (!open) {
                open = true;
                sentAt = now;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The reader got a pong. One that nobody asked for says nothing. */
    void answered(long now) {
        lock.lock();
        try {
            if (open) {
                open = false;
                lastNanos = now - sentAt;
                answers++;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The connection has ended; whoever waits need not. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The last measured time, 0 if there is none. */
    long lastNanos() {
        return lastNanos;
    }

    private OptionalLong awaitAnswer(long before) throws InterruptedException {
        lock.lock();
        try {
            while (answers == before && !ended) {
                changed.await();
            }
            return answers == before ? OptionalLong.empty() : OptionalLong.of(lastNanos);
        } finally {
            asked = false;
            measuring = false;
            changed.signalAll();
            lock.unlock();
        }
    }
}
