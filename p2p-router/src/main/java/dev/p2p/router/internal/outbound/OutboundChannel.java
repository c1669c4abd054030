package dev.p2p.router.internal.outbound;

import dev.p2p.api.ChannelId;
import dev.p2p.api.reactor.QueueLimit;
import dev.p2p.api.transport.Piece;
import dev.p2p.router.control.ChannelTraffic.Queued;
import dev.p2p.router.internal.DeficitRing;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;

/**
 * The messages of one channel that wait on one connection, first in, first out. Bounded in messages and bytes. Guarded by
 * the lock of its {@link OutboundQueue}.
 */
final class OutboundChannel extends DeficitRing.Flow {

    private final ChannelId id;
    private final QueueLimit limit;
    private final Condition room;
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>(2);
    private int headOffset;
    private long queuedBytes;
    private int waiters;
    private long takenMessages;
    private long takenBytes;

    OutboundChannel(ChannelId id, int priority, QueueLimit limit, Condition room) {
        super(priority);
        this.id = id;
        this.limit = limit;
        this.room = room;
    }

    boolean hasRoomFor(int bytes) {
        return messages.isEmpty() || (messages.size() < limit.messages() && queuedBytes + bytes <= limit.bytes());
    }

    void add(byte[] message) {
        messages.addLast(message);
        queuedBytes += message.length;
    }

    @Override
    protected boolean hasWork() {
        return !messages.isEmpty();
    }

    /** Takes the next slice of the oldest message. */
    Piece take(int maxBytes) {
        byte[] message = messages.getFirst();
        int length = Math.min(maxBytes, message.length - headOffset);
        ByteBuffer bytes = ByteBuffer.wrap(message, headOffset, length);
        headOffset += length;
        takenBytes += length;
        boolean last = headOffset == message.length;
        if (last) {
            messages.removeFirst();
            takenMessages++;
            queuedBytes -= message.length;
            headOffset = 0;
            if (waiters > 0) {
                room.signalAll();
            }
        }
        return new Piece(id, bytes, last);
    }

    /** What was taken so far, and what waits. */
    OutboundQueue.Waiting waiting() {
        Queued queued = new Queued(messages.size(), limit.messages(), queuedBytes, limit.bytes());
        return new OutboundQueue.Waiting(takenMessages, takenBytes, queued);
    }

    /**
     * Waits once for room.
     *
     * @return how much of the patience is left
     */
    long awaitRoom(long patienceNanos) throws InterruptedException {
        waiters++;
        try {
            return room.awaitNanos(patienceNanos);
        } finally {
            waiters--;
        }
    }

    void clear() {
        messages.clear();
        queuedBytes = 0;
        headOffset = 0;
        signalRoom();
    }

    void signalRoom() {
        room.signalAll();
    }
}
