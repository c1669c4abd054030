package dev.p2p.testkit.transport;

import dev.p2p.api.ChannelId;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives a connection's writer what a test queued: one queue for each channel, a slice of each in turn. As strict as the
 * contract allows: it fails the writer that asks for slices without room, goes on after the end, or changed the bytes.
 *
 * <p>One thread takes; every other method may come from any thread.
 */
public final class QueuedSource implements OutboundSource {

    private final int maxSliceBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<OutgoingMessage> turns = new ArrayDeque<>();
    private final ArrayDeque<OutgoingMessage> waiting = new ArrayDeque<>();
    private @Nullable OutgoingMessage taken;
    private boolean ending;
    private boolean ended;
    private boolean woken;

    /** A source whose slices are as long as the writer allows. */
    public QueuedSource() {
        this(Integer.MAX_VALUE);
    }

    /** @param maxSliceBytes the longest slice, whatever the writer allows; at least 1 */
    public QueuedSource(int maxSliceBytes) {
        if (maxSliceBytes < 1) {
            throw new IllegalArgumentException("a slice needs room for a byte, not " + maxSliceBytes);
        }
        this.maxSliceBytes = maxSliceBytes;
    }

    /** Queues a message. The array stays the caller's and must not change any more. */
    public void offer(ChannelId channel, byte[] message) {
        offer(channel, ByteBuffer.wrap(message));
    }

    /** Queues a message: position to limit, heap, direct or read-only. The content must not change any more. */
    public void offer(ChannelId channel, ByteBuffer message) {
        lock.lock();
        try {
            OutgoingMessage added = new OutgoingMessage(channel, message);
            boolean channelIsFree =
                    turns.stream().noneMatch(other -> other.channel().equals(channel));
            (channelIsFree ? turns : waiting).add(added);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the writer end when it has taken what is queued. */
    public void end() {
        lock.lock();
        try {
            ending = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Piece next(int maxBytes, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            check(maxBytes, wait);
            long left =
                    wait.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toNanos() : wait.toNanos();
            while (turns.isEmpty()) {
                if (woken || ending || left <= 0) {
                    woken = false;
                    ended = ending;
                    return ending ? Piece.END : null;
                }
                left = changed.awaitNanos(left);
            }
            return take(Math.min(maxBytes, maxSliceBytes));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void check(int maxBytes, Duration wait) {
        if (maxBytes < 1 || wait.isNegative()) {
            throw new IllegalArgumentException("the writer asks for " + maxBytes + " bytes within " + wait);
        }
        if (ended) {
            throw new IllegalStateException("the writer asks for more after the end");
        }
        if (taken != null) {
            taken.requireUnchanged();
        }
    }

    private Piece take(int maxBytes) {
        OutgoingMessage message = turns.remove();
        Piece piece = message.slice(maxBytes);
        taken = message;
        if (!piece.last()) {
            turns.add(message);
        } else {
            waiting.stream()
                    .filter(next -> next.channel().equals(message.channel()))
                    .findFirst()
                    .ifPresent(this::giveTurn);
        }
        return piece;
    }

    private void giveTurn(OutgoingMessage message) {
        waiting.remove(message);
        turns.add(message);
    }
}
