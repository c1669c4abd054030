package dev.p2p.transport.memory;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.LinkCounters;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whole messages from one side's source to the other side's sink. Copied once, because a slice is the source's. */
final class MemoryConnection implements Connection {

    private static final Duration WAIT = Duration.ofHours(1);

    private record Envelope(ChannelId channel, ByteBuffer bytes, boolean last) {}

    private final Pipe out;
    private final Pipe in;
    private final NodeInfo peerInfo;
    private final PublicKey peerKey;
    private final AtomicReference<@Nullable Reason> closedFor = new AtomicReference<>();
    private volatile @Nullable OutboundSource source;
    private volatile long bytesIn;
    private final AtomicLong bytesOut = new AtomicLong();
    private final AtomicReference<@Nullable Ping> asked = new AtomicReference<>();
    private volatile long pingsSent;
    private volatile long pongsReceived;
    private volatile long pingsReceived;
    private volatile long roundTripNanos;

    MemoryConnection(Pipe out, Pipe in, NodeInfo peerInfo, PublicKey peerKey) {
        this.out = out;
        this.in = in;
        this.peerInfo = peerInfo;
        this.peerKey = peerKey;
    }

    @Override
    public NodeInfo peerInfo() {
        return peerInfo;
    }

    @Override
    public PublicKey peerKey() {
        return peerKey;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void read(InboundSink sink) throws IOException, InterruptedException {
        try {
            while (true) {
                Pipe.Item item = in.take();
                if (item == null) {
                    throw new TransportException(Reason.CLOSED_BY_PEER, "the peer ended the connection");
                }
                switch (item.value()) {
                    case Ping ping -> {
                        pingsReceived++;
                        bytesIn += Ping.BYTES;
                        bytesOut.addAndGet(Ping.BYTES);
                        out.putAtOnce(new Ping.Pong(ping));
                    }
                    case Ping.Pong(Ping ping) -> {
                        pongsReceived++;
                        bytesIn += Ping.BYTES;
                        roundTripNanos = System.nanoTime() - ping.sentAt();
                        asked.set(null);
                        ping.answered(Duration.ofNanos(roundTripNanos));
                    }
                    case Envelope envelope -> {
                        bytesIn += item.bytes();
                        requireAccepted(envelope, sink);
                        sink.piece(envelope.channel, envelope.bytes, envelope.last);
                    }
                    default -> throw new IllegalStateException("no value of a connection: " + item.value());
                }
            }
        } catch (TransportException e) {
            throw ended(e);
        }
    }

    @Override
    public void write(OutboundSource from) throws IOException, InterruptedException {
        source = from;
        try {
            while (true) {
                requireOpen();
                Piece piece = from.next(Integer.MAX_VALUE, WAIT);
                if (piece == Piece.END) {
                    out.end();
                    return;
                }
                if (piece != null) {
                    int length = piece.bytes().remaining();
                    if (!out.put(new Envelope(piece.channel(), copy(piece.bytes()), piece.last()), length)) {
                        throw new TransportException(Reason.CLOSED_BY_PEER, "the peer ended the connection");
                    }
                    bytesOut.addAndGet(length);
                }
            }
        } catch (TransportException e) {
            throw ended(e);
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time: whose ping is the open one
    public CompletionStage<Duration> ping() {
        Reason before = closedFor.get();
        if (before != null) {
            return CompletableFuture.<Duration>failedFuture(new TransportException(before, "the connection has ended"))
                    .minimalCompletionStage();
        }
        Ping ping = Ping.now();
        Ping open = asked.compareAndExchange(null, ping);
        if (open != null) {
            return open.shown();
        }
        pingsSent++;
        bytesOut.addAndGet(Ping.BYTES);
        out.putAtOnce(ping);
        Reason meanwhile = closedFor.get();
        if (meanwhile != null) {
            ping.end(meanwhile);
        }
        return ping.shown();
    }

    @Override
    public LinkCounters counters() {
        return new LinkCounters(bytesIn, bytesOut.get(), pingsSent, pongsReceived, pingsReceived, roundTripNanos);
    }

    /** What was written before still arrives; nothing more is read. */
    @Override
    public void close(Reason reason) {
        if (closedFor.compareAndSet(null, reason)) {
            out.end();
            in.breakOff();
            OutboundSource waiting = source;
            if (waiting != null) {
                waiting.wake();
            }
            Ping unanswered = asked.get();
            if (unanswered != null) {
                unanswered.end(reason);
            }
        }
    }

    private void requireOpen() throws TransportException {
        Reason reason = closedFor.get();
        if (reason != null) {
            throw new TransportException(reason, "the connection was closed on this side");
        }
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining())
                .put(bytes.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }

    private static void requireAccepted(Envelope envelope, InboundSink sink) throws TransportException {
        int max = sink.maxMessageBytes(envelope.channel);
        if (max == 0) {
            throw new TransportException(
                    Reason.UNKNOWN_CHANNEL,
                    "the peer sent on channel " + envelope.channel + ", which this node does not serve");
        }
        if (envelope.bytes.remaining() > max) {
            throw new TransportException(
                    Reason.TOO_LARGE, "a message on channel " + envelope.channel + " has more than " + max + " bytes");
        }
    }

    private TransportException ended(TransportException met) {
        close(met.reason());
        Reason first = closedFor.get();
        return first == null || first == met.reason()
                ? met
                : new TransportException(first, "the connection was closed", met);
    }
}
