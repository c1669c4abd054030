package dev.p2p.transport.tcp.internal.crypto;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps one thread at a time inside an object and frees it exactly once: at once if nobody is inside, else when the
 * last leaves.
 *
 * <p>A second thread is refused, not made to wait: two writers of one direction would be a mistake that repeats a
 * nonce, and a native context freed under a running call would corrupt memory. Costs two uncontended atomic
 * operations per use.
 */
final class ExclusiveUse {

    private static final int IDLE = 0;
    private static final int BUSY = 1;
    private static final int CLOSING = 2;
    private static final int CLOSED = 3;

    private final AtomicInteger state = new AtomicInteger(IDLE);
    private final Runnable release;

    /**
     * Guards an object.
     *
     * @param release frees it; called once, on the closing thread or on the one that was inside
     */
    ExclusiveUse(Runnable release) {
        this.release = release;
    }

    /**
     * Goes inside; {@link #exit()} must follow in a finally block.
     *
     * @throws IllegalStateException if another thread is inside or the object is closed
     */
    void enter() {
        int seen = state.compareAndExchange(IDLE, BUSY);
        if (seen != IDLE) {
            throw new IllegalStateException(seen == BUSY ? "in use by another thread" : "closed");
        }
    }

    /** Leaves, and frees the object if it was closed meanwhile. */
    void exit() {
        if (!state.compareAndSet(BUSY, IDLE)) {
            state.set(CLOSED);
            release.run();
        }
    }

    /** Closes from any thread. Harmless when repeated. */
    void close() {
        int seen = state.getAndUpdate(now -> now == IDLE ? CLOSED : now == BUSY ? CLOSING : now);
        if (seen == IDLE) {
            release.run();
        }
    }
}
