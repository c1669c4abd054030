package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Large buffers for connections that are busy at this moment; an idle one holds none. Keeps a bounded number of those that are
 * given back and leaves the others to the collector. Safe to use from every thread.
 */
final class BufferPool {

    private static final int KEPT = 64;

    private final CryptoSuite suite;
    private final int bytes;
    private final ConcurrentLinkedDeque<ByteBuffer> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();

    /** @param bytes the capacity of each buffer */
    BufferPool(CryptoSuite suite, int bytes) {
        this.suite = suite;
        this.bytes = bytes;
    }

    ByteBuffer borrow() {
        @Nullable ByteBuffer buffer = idle.pollFirst();
        if (buffer == null) {
            return suite.allocate(bytes);
        }
        idleCount.decrementAndGet();
        return buffer.clear();
    }

    /** Takes a buffer back. The caller must not touch it any more. */
    void giveBack(ByteBuffer buffer) {
        if (idleCount.incrementAndGet() <= KEPT) {
            idle.addFirst(buffer);
        } else {
            idleCount.decrementAndGet();
        }
    }
}
