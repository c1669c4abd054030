package dev.p2p.router.internal.inbound;

import com.google.protobuf.Message;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.router.control.ChannelTraffic.Queued;
import dev.p2p.router.internal.DeficitRing;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one channel of one connection that wait for the reactor, first in, first out. Bounded in messages and bytes.
 * Guarded by the lock of its {@link Mailbox}.
 */
final class Lane extends DeficitRing.Flow {

    private record Waiting(Received<Message> event, int bytes) {}

    private final Seat seat;
    private final ChannelDescriptor<?> descriptor;
    private final Condition room;
    private final ArrayDeque<Waiting> messages = new ArrayDeque<>(2);
    private long queuedBytes;

    Lane(Seat seat, ChannelDescriptor<?> descriptor, Condition room) {
        super(descriptor.priority());
        this.seat = seat;
        this.descriptor = descriptor;
        this.room = room;
    }

    Seat seat() {
        return seat;
    }

    ChannelDescriptor<?> descriptor() {
        return descriptor;
    }

    Condition room() {
        return room;
    }

    boolean hasRoomFor(int bytes) {
        return messages.isEmpty()
                || (messages.size() < descriptor.inbound().messages()
                        && queuedBytes + bytes <= descriptor.inbound().bytes());
    }

    void add(Received<Message> event, int bytes) {
        messages.addLast(new Waiting(event, bytes));
        queuedBytes += bytes;
    }

    @Override
    protected boolean hasWork() {
        return !messages.isEmpty();
    }

    int headBytes() {
        Waiting head = messages.peekFirst();
        return head == null ? 0 : head.bytes;
    }

    @Nullable
    Received<Message> poll() {
        Waiting head = messages.pollFirst();
        if (head == null) {
            return null;
        }
        queuedBytes -= head.bytes;
        return head.event;
    }

    int size() {
        return messages.size();
    }

    Queued queued() {
        return new Queued(
                messages.size(),
                descriptor.inbound().messages(),
                queuedBytes,
                descriptor.inbound().bytes());
    }

    void clear() {
        messages.clear();
        queuedBytes = 0;
    }
}
