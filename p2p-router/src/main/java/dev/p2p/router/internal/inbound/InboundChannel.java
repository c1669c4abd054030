package dev.p2p.router.internal.inbound;

import com.google.protobuf.Message;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.MalformedMessageException;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.transport.TransportException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * The way of one channel's messages on one connection: slices are put together, decoded and put into the reactor's lane. Used
 * by the connection's reader alone.
 */
public final class InboundChannel {

    private static final byte[] NOTHING = {};
    private static final int FIRST_BUFFER_BYTES = 4_096;

    /** A message that is longer than the last one has to grow its buffer; one packet must not reserve more than this. */
    private static final int MAX_FIRST_BUFFER_BYTES = 256 * 1_024;

    private final PeerRef from;
    private final ChannelDescriptor<?> descriptor;
    private final Mailbox mailbox;
    private final Lane lane;
    private final ReassemblyBudget.Account memory;
    private final LongAdder dropped;
    private byte[] partial = NOTHING;
    private int partialBytes;
    private int usualBytes = FIRST_BUFFER_BYTES;

    /**
     * @param memory what the connection may hold in unfinished messages
     * @param dropped counts messages that a full lane dropped
     */
    public InboundChannel(
            PeerRef from,
            ChannelDescriptor<?> descriptor,
            Mailbox mailbox,
            Seat seat,
            ReassemblyBudget.Account memory,
            LongAdder dropped) {
        this.from = from;
        this.descriptor = descriptor;
        this.mailbox = mailbox;
        this.lane = mailbox.lane(seat, descriptor);
        this.memory = memory;
        this.dropped = dropped;
    }

    /**
     * Takes the next slice.
     *
     * @return the length of the message that is complete with it, or -1 if more has to come
     * @throws TransportException if the message is too long, does not decode, there is no memory for it, or its lane is full
     *     and the channel says to disconnect
     */
    public int piece(ByteBuffer bytes, boolean last) throws TransportException, InterruptedException {
        long total = (long) partialBytes + bytes.remaining();
        if (total > descriptor.maxMessageBytes()) {
            throw new TransportException(
                    Reason.TOO_LARGE,
                    "a message on channel " + descriptor.id() + " has more than " + descriptor.maxMessageBytes()
                            + " bytes");
        }
        if (last && partialBytes == 0) {
            deliver(bytes, (int) total);
            return (int) total;
        }
        append(bytes, (int) total);
        if (!last) {
            return -1;
        }
        ByteBuffer whole = ByteBuffer.wrap(partial, 0, partialBytes);
        memory.giveBack(partial.length);
        // The buffer goes with its message, so an idle channel holds none; the next message begins with this one's
        // length.
        partial = NOTHING;
        partialBytes = 0;
        usualBytes = Math.min((int) total, MAX_FIRST_BUFFER_BYTES);
        deliver(whole, (int) total);
        return (int) total;
    }

    private void append(ByteBuffer bytes, int total) throws TransportException {
        if (total > partial.length) {
            int atLeast = partial.length == 0
                    ? Math.max(FIRST_BUFFER_BYTES, usualBytes)
                    : (int) Math.min(Integer.MAX_VALUE, partial.length * 2L);
            int length = Math.max(total, Math.min(atLeast, descriptor.maxMessageBytes()));
            memory.take(length - partial.length);
            partial = Arrays.copyOf(partial, length);
        }
        bytes.get(bytes.position(), partial, partialBytes, bytes.remaining());
        partialBytes = total;
    }

    private void deliver(ByteBuffer bytes, int length) throws TransportException, InterruptedException {
        Message message = decode(bytes);
        Mailbox.Outcome outcome = mailbox.put(lane, new Received<>(from, descriptor.id(), message), length);
        switch (outcome) {
            case QUEUED -> {}
            case DROPPED_NEWEST, DROPPED_OLDEST -> dropped.increment();
            case FULL ->
                throw new TransportException(Reason.LANE_FULL, "the reactor is behind with channel " + descriptor.id());
            case GONE -> throw new TransportException(Reason.REQUESTED, "this side ended the connection");
        }
    }

    private Message decode(ByteBuffer bytes) throws TransportException {
        try {
            return descriptor.codec().decode(bytes);
        } catch (MalformedMessageException | RuntimeException e) {
            throw new TransportException(
                    Reason.UNDECODABLE_MESSAGE,
                    "a message on channel " + descriptor.id() + " does not decode: " + e.getMessage(),
                    e);
        }
    }
}
