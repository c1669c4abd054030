package dev.p2p.cli.dial;

import dev.p2p.api.ChannelId;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The few messages that a visitor sends, in order. */
final class Outbox implements OutboundSource {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
    private boolean woken;

    /** Queues a message. The array must not change any more. */
    void add(ChannelId channel, byte[] message) {
        lock.lock();
        try {
            waiting.add(new Piece(channel, ByteBuffer.wrap(message), true));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Piece next(int maxBytes, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left =
                    wait.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toNanos() : wait.toNanos();
            while (waiting.isEmpty() && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (waiting.isEmpty()) {
                woken = false;
                return null;
            }
            Piece first = waiting.removeFirst();
            if (first.bytes().remaining() <= maxBytes) {
                return first;
            }
            ByteBuffer all = first.bytes();
            ByteBuffer slice = all.slice(all.position(), maxBytes);
            waiting.addFirst(new Piece(first.channel(), all.position(all.position() + maxBytes), true));
            return new Piece(first.channel(), slice, false);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
