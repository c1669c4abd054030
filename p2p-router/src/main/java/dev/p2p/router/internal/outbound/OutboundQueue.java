package dev.p2p.router.internal.outbound;

import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.QueueLimit;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import dev.p2p.router.control.ChannelTraffic.Queued;
import dev.p2p.router.internal.DeficitRing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything that waits to be written on one connection: one queue a channel, and the one place where it is decided what
 * goes next. Any thread adds; the connection's writer alone takes.
 *
 * <p>The writer takes a few slices under one hold of the lock and hands them out from then on. They are so few that an
 * urgent message which comes meanwhile is overtaken by less than a write's worth of bytes.
 */
public final class OutboundQueue implements OutboundSource {

    private static final int BATCH_PIECES = 16;
    private static final int BATCH_BYTES = 16 * 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final DeficitRing<OutboundChannel> ring = new DeficitRing<>();
    private final @Nullable OutboundChannel[] channels;
    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private State state = State.OPEN;
    private boolean writerWaits;
    private boolean woken;

    private final @Nullable Piece[] batch = new Piece[BATCH_PIECES];
    private int batchSize;
    private int batchNext;
    private volatile boolean ended;

    private enum State {
        OPEN,
        DRAINING,
        CLOSED
    }

    /** @param channelCount how many channels the node has; they are numbered from 0 as they were opened */
    public OutboundQueue(int channelCount) {
        this.channels = new OutboundChannel[channelCount];
    }

    /** Queues a message if there is room now. The bytes are shared and must not change. */
    public SendResult offer(int channel, ChannelDescriptor<?> descriptor, byte[] message) {
        lock.lock();
        try {
            if (state != State.OPEN) {
                return SendResult.STALE;
            }
            OutboundChannel queue = channel(channel, descriptor);
            return queue.hasRoomFor(message.length) ? add(queue, message) : SendResult.FULL;
        } finally {
            lock.unlock();
        }
    }

    /** Queues a message, waiting for room. */
    public SendResult offer(int channel, ChannelDescriptor<?> descriptor, byte[] message, Duration patience)
            throws InterruptedException {
        long left = saturatedNanos(patience);
        lock.lockInterruptibly();
        try {
            OutboundChannel queue = channel(channel, descriptor);
            while (state == State.OPEN && !queue.hasRoomFor(message.length)) {
                if (left <= 0) {
                    return SendResult.FULL;
                }
                left = queue.awaitRoom(left);
            }
            return state == State.OPEN ? add(queue, message) : SendResult.STALE;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Piece next(int maxBytes, Duration wait) throws InterruptedException {
        if (batchNext == batchSize && !takeBatch(maxBytes, wait)) {
            return ended ? Piece.END : null;
        }
        Piece piece = batch[batchNext];
        batch[batchNext++] = null;
        if (piece != null && piece.last()) {
            messages.increment();
        }
        return piece;
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            woken = true;
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more messages; the writer ends when it has written what is queued. */
    public void drain() {
        end(State.DRAINING);
    }

    /** Takes no more messages and throws away what is queued; the writer ends. */
    public void close() {
        end(State.CLOSED);
    }

    /** Whether the writer knows that it has taken the last there will ever be. */
    public boolean hasEnded() {
        return ended;
    }

    /** How many complete messages the writer has taken so far. */
    public long messages() {
        return messages.sum();
    }

    /** How many bytes of messages the writer has taken so far. */
    public long bytes() {
        return bytes.sum();
    }

    /**
     * A channel at one moment.
     *
     * @param messages how many complete messages the writer has taken so far
     * @param bytes how many bytes of messages it has taken
     * @param queued what waits
     */
    public record Waiting(long messages, long bytes, Queued queued) {}

    /** What was taken of a channel so far, and what waits there. */
    public Waiting waiting(int channel, ChannelDescriptor<?> descriptor) {
        lock.lock();
        try {
            OutboundChannel queue = channels[channel];
            QueueLimit limit = descriptor.outbound();
            return queue == null
                    ? new Waiting(0, 0, new Queued(0, limit.messages(), 0, limit.bytes()))
                    : queue.waiting();
        } finally {
            lock.unlock();
        }
    }

    private SendResult add(OutboundChannel queue, byte[] message) {
        queue.add(message);
        ring.add(queue);
        if (writerWaits) {
            notEmpty.signal();
        }
        return SendResult.QUEUED;
    }

    private OutboundChannel channel(int index, ChannelDescriptor<?> descriptor) {
        OutboundChannel queue = channels[index];
        if (queue == null) {
            queue = new OutboundChannel(
                    descriptor.id(), descriptor.priority(), descriptor.outbound(), lock.newCondition());
            channels[index] = queue;
        }
        return queue;
    }

    /** Fills the batch, waiting for work. Returns false if there was none in time, or there will never be any. */
    private boolean takeBatch(int maxBytes, Duration wait) throws InterruptedException {
        long left = wait.isZero() ? 0 : saturatedNanos(wait);
        lock.lockInterruptibly();
        try {
            while (ring.current() == null) {
                if (woken || left <= 0 || state != State.OPEN) {
                    woken = false;
                    ended = state != State.OPEN;
                    return false;
                }
                writerWaits = true;
                left = notEmpty.awaitNanos(left);
                writerWaits = false;
            }
            fillBatch(maxBytes);
            return true;
        } finally {
            writerWaits = false;
            lock.unlock();
        }
    }

    private void fillBatch(int maxBytes) {
        batchSize = 0;
        batchNext = 0;
        int taken = 0;
        OutboundChannel queue = ring.current();
        while (queue != null && batchSize < BATCH_PIECES && taken < BATCH_BYTES) {
            Piece piece = queue.take(maxBytes);
            int length = piece.bytes().remaining();
            batch[batchSize++] = piece;
            taken += length;
            ring.served(queue, length);
            queue = ring.current();
        }
        bytes.add(taken);
    }

    private void end(State next) {
        lock.lock();
        try {
            if (state.compareTo(next) >= 0) {
                return;
            }
            state = next;
            if (next == State.CLOSED) {
                ring.clear();
            }
            for (OutboundChannel queue : channels) {
                if (queue != null) {
                    releaseWaiters(queue, next);
                }
            }
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    private static void releaseWaiters(OutboundChannel queue, State next) {
        if (next == State.CLOSED) {
            queue.clear();
        } else {
            queue.signalRoom();
        }
    }

    private static long saturatedNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return TimeUnit.DAYS.toNanos(365);
        }
    }
}
