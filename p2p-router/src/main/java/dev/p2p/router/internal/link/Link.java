package dev.p2p.router.internal.link;

import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.Traffic;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.TransportException;
import dev.p2p.router.control.ChannelTraffic;
import dev.p2p.router.control.ChannelTraffic.Queued;
import dev.p2p.router.internal.Threads;
import dev.p2p.router.internal.inbound.InboundChannel;
import dev.p2p.router.internal.inbound.Mailbox;
import dev.p2p.router.internal.inbound.ReassemblyBudget;
import dev.p2p.router.internal.inbound.Seat;
import dev.p2p.router.internal.outbound.OutboundQueue;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One live connection: its two threads, what waits to be written on it, and its seats in the mailboxes of the reactors that it
 * concerns. It ends once, for one reason, whoever notices first.
 */
public final class Link implements InboundSink {

    private static final System.Logger LOG = System.getLogger(Link.class.getName());

    /** Reasons for which this node wants nothing more of the peer, not even what it sent before. */
    private static final Set<Reason> DISCARDING = EnumSet.of(
            Reason.REPORTED, Reason.BANNED, Reason.SHUTDOWN, Reason.REQUESTED, Reason.DUPLICATE, Reason.MEMORY_SHORT);

    private final PeerRef peer;
    private final Connection connection;
    private final Direction direction;
    private final Endpoint remote;
    private final Instant since;
    private final ChannelTable channels;
    private final OutboundQueue outbound;
    private final ReassemblyBudget.Account memory;
    private final BiConsumer<Link, Reason> onEnd;
    private final AtomicReferenceArray<@Nullable InboundChannel> inbound;
    private final Map<Mailbox, Seat> seats = new LinkedHashMap<>();
    private @Nullable Reason left;
    private final AtomicReference<@Nullable Reason> ended = new AtomicReference<>();
    private volatile Reason whenDrained = Reason.SHUTDOWN;
    private final AtomicInteger loops = new AtomicInteger(2);

    /**
     * @param reassembly the node's memory for unfinished messages
     * @param onEnd called once, after both loops have ended, on one of their threads
     */
    public Link(
            PeerRef peer,
            Connection connection,
            Direction direction,
            Endpoint remote,
            Instant since,
            ChannelTable channels,
            ReassemblyBudget reassembly,
            BiConsumer<Link, Reason> onEnd) {
        this.peer = peer;
        this.connection = connection;
        this.direction = direction;
        this.remote = remote;
        this.since = since;
        this.channels = channels;
        this.outbound = new OutboundQueue(channels.size());
        this.inbound = new AtomicReferenceArray<>(channels.size());
        this.memory = reassembly.open(this::close);
        this.onEnd = onEnd;
    }

    /** Announces the peer to the reactors that it concerns, and starts to read and write. */
    public void start(Threads threads) {
        channels.mailboxesFor(info().channels()).forEach(this::seat);
        threads.start("p2p-read-" + peer, () -> loop(() -> connection.read(this)));
        threads.start("p2p-write-" + peer, () -> loop(() -> connection.write(outbound)));
    }

    public PeerRef peer() {
        return peer;
    }

    public NodeInfo info() {
        return connection.peerInfo();
    }

    OutboundQueue outbound() {
        return outbound;
    }

    /** What a program may see of it now. */
    public PeerView view() {
        long messagesIn = 0;
        long bytesIn = 0;
        long dropped = 0;
        for (int i = 0; i < inbound.length(); i++) {
            InboundChannel way = inbound.get(i);
            if (way != null) {
                messagesIn += way.messages();
                bytesIn += way.bytes();
                dropped += way.dropped();
            }
        }
        Traffic traffic =
                new Traffic(messagesIn, bytesIn, outbound.messages(), outbound.bytes(), dropped, connection.counters());
        return new PeerView(peer, info(), direction, remote, since, traffic);
    }

    /** The same for each channel that the peer announced or sent on. */
    public List<ChannelTraffic> channels() {
        List<ChannelTraffic> all = new ArrayList<>();
        for (OpenChannel<?> open : channels.all()) {
            InboundChannel way = inbound.get(open.index());
            if (way != null || info().channels().contains(open.descriptor().id())) {
                all.add(traffic(open, way));
            }
        }
        return all;
    }

    private ChannelTraffic traffic(OpenChannel<?> open, @Nullable InboundChannel way) {
        ChannelDescriptor<?> channel = open.descriptor();
        OutboundQueue.Waiting out = outbound.waiting(open.index(), channel);
        return new ChannelTraffic(
                channel.id(),
                channel.name(),
                way == null ? 0 : way.messages(),
                way == null ? 0 : way.bytes(),
                out.messages(),
                out.bytes(),
                way == null ? 0 : way.dropped(),
                way == null
                        ? new Queued(
                                0,
                                channel.inbound().messages(),
                                0,
                                channel.inbound().bytes())
                        : way.waiting(),
                out.queued());
    }

    /** Asks the peer for a sign of life, as {@link Connection#ping} does. {@link #bytesRead} moves when anything comes. */
    public CompletionStage<Duration> ping() {
        return connection.ping();
    }

    /** How much the peer has sent so far, with all overhead. */
    public long bytesRead() {
        return connection.counters().bytesIn();
    }

    /** Ends the connection at once. Only the first reason counts. Does not wait for the threads. */
    public void close(Reason reason) {
        Reason earlier = ended.compareAndExchange(null, reason);
        Reason first = earlier == null ? reason : earlier;
        connection.close(first);
        outbound.close();
        memory.close();
        leaveSeats(first);
    }

    /** Ends the connection when everything queued so far is written. */
    public void drain() {
        outbound.drain();
    }

    /** The same for a peer with which all has been said; the connection then ends as {@code REQUESTED}. */
    public void release() {
        whenDrained = Reason.REQUESTED;
        outbound.drain();
    }

    @Override
    public void piece(ChannelId channel, ByteBuffer bytes, boolean last) throws IOException, InterruptedException {
        OpenChannel<?> open = channels.find(channel);
        if (open == null) {
            throw new TransportException(Reason.UNKNOWN_CHANNEL, "this node does not serve channel " + channel);
        }
        InboundChannel way = inbound.getPlain(open.index());
        if (way == null) {
            way = new InboundChannel(peer, open.descriptor(), open.mailbox(), seat(open.mailbox()), memory);
            inbound.setRelease(open.index(), way);
        }
        way.piece(bytes, last);
    }

    @Override
    public int maxMessageBytes(ChannelId channel) {
        OpenChannel<?> open = channels.find(channel);
        return open == null ? 0 : open.descriptor().maxMessageBytes();
    }

    private interface Loop {
        void run() throws IOException, InterruptedException;
    }

    private void loop(Loop loop) {
        Reason reason = Reason.INTERNAL_ERROR;
        try {
            loop.run();
            reason = whenDrained;
        } catch (InterruptedException e) {
            reason = Reason.SHUTDOWN;
        } catch (IOException e) {
            reason = whoEnded(TransportException.reasonOf(e));
            LOG.log(Level.DEBUG, () -> "connection " + peer + " ended", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "connection " + peer + " failed on this side", e);
        } finally {
            close(reason);
            if (loops.decrementAndGet() == 0) {
                Reason first = ended.get();
                onEnd.accept(this, first == null ? reason : first);
            }
        }
    }

    /** A peer that hangs up once all has been said to it was let go, even if its end is noticed before the writer's. */
    private Reason whoEnded(Reason met) {
        return met == Reason.CLOSED_BY_PEER && outbound.hasEnded() ? whenDrained : met;
    }

    /** A peer may send on a channel that it did not announce; then its reactor has to learn of it now. */
    private Seat seat(Mailbox mailbox) {
        PeerUp up = new PeerUp(peer, info(), direction, remote);
        synchronized (seats) {
            Seat seat = seats.get(mailbox);
            if (seat == null) {
                seat = mailbox.enter(up);
                seats.put(mailbox, seat);
                if (left != null) {
                    mailbox.leave(seat, left, true);
                }
            }
            return seat;
        }
    }

    private void leaveSeats(Reason reason) {
        synchronized (seats) {
            if (left == null) {
                left = reason;
                seats.forEach((mailbox, seat) -> mailbox.leave(seat, reason, DISCARDING.contains(reason)));
            }
        }
    }
}
