package dev.p2p.router.internal.inbound;

import com.google.protobuf.Message;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.MalformedMessageException;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.transport.TransportException;
import dev.p2p.router.control.ChannelTraffic.Queued;
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
    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private byte[] partial = NOTHING;
    private int partialBytes;
    private int usualBytes = FIRST_BUFFER_BYTES;

    /** @param memory what the connection may hold in unfinished messages */
    public InboundChannel(
            PeerRef from,
            ChannelDescriptor<?> descriptor,
            Mailbox mailbox,
            Seat seat,
            ReassemblyBudget.Account memory) {
        this.from = from;
        this.descriptor = descriptor;
        this.mailbox = mailbox;
        this.lane = mailbox.lane(seat, descriptor);
        this.memory = memory;
    }

    /** How many messages were complete. Any thread may ask for this, and for the following. */
    public long messages() {
        return messages.sum();
    }

    /** Their encoded bytes. */
    public long bytes() {
        return bytes.sum();
    }

    /** How many of them a full lane dropped. */
    public long dropped() {
        return dropped.sum();
    }

    /** What waits for the reactor. */
    public Queued waiting() {
        return mailbox.waiting(lane);
    }

    /**
     * Takes the next slice.
     *
     * @throws TransportException if the message is too long, does not decode, there is no memory for it, or its lane is full
     *     and the channel says to disconnect
     */
    public void piece(ByteBuffer slice, boolean last) throws TransportException, InterruptedException {
        long total = (long) partialBytes + slice.remaining();
        if (total > descriptor.maxMessageBytes()) {
            throw new TransportException(
                    Reason.TOO_LARGE,
                    "a message on channel " + descriptor.id() + " has more than " + descriptor.maxMessageBytes()
                            + " bytes");
        }
        if (last && partialBytes == 0) {
            deliver(slice, (int) total);
            return;
        }
        append(slice, (int) total);
        if (!last) {
            return;
        }
        ByteBuffer whole = ByteBuffer.wrap(partial, 0, partialBytes);
        memory.giveBack(partial.length);
        // The buffer goes with its message, so an idle channel holds none; the next message begins with this one's
        // length.
        partial = NOTHING;
        partialBytes = 0;
        usualBytes = Math.min((int) total, MAX_FIRST_BUFFER_BYTES);
        deliver(whole, (int) total);
    }

    private void append(ByteBuffer slice, int total) throws TransportException {
        if (total > partial.length) {
            int atLeast = partial.length == 0
                    ? Math.max(FIRST_BUFFER_BYTES, usualBytes)
                    : (int) Math.min(Integer.MAX_VALUE, partial.length * 2L);
            int length = Math.max(total, Math.min(atLeast, descriptor.maxMessageBytes()));
            memory.take(length - partial.length);
            partial = Arrays.copyOf(partial, length);
        }
        slice.get(slice.position(), partial, partialBytes, slice.remaining());
        partialBytes = total;
    }

    private void deliver(ByteBuffer encoded, int length) throws TransportException, InterruptedException {
        Message message = decode(encoded);
        Mailbox.Outcome outcome = mailbox.put(lane, new Received<>(from, descriptor.id(), message), length);
        switch (outcome) {
            case QUEUED -> {}
            case DROPPED_NEWEST, DROPPED_OLDEST -> dropped.increment();
            case FULL ->
                throw new TransportException(Reason.LANE_FULL, "the reactor is behind with channel " + descriptor.id());
            case GONE -> throw new TransportException(Reason.REQUESTED, "this side ended the connection");
        }
        messages.increment();
        bytes.add(length);
    }

    private Message decode(ByteBuffer encoded) throws TransportException {
        try {
            return descriptor.codec().decode(encoded);
        } catch (MalformedMessageException | RuntimeException e) {
            throw new TransportException(
                    Reason.UNDECODABLE_MESSAGE,
                    "a message on channel " + descriptor.id() + " does not decode: " + e.getMessage(),
                    e);
        }
    }
}
