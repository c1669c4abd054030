package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.LinkCounters;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import dev.p2p.api.transport.TransportException;
import dev.p2p.transport.tcp.internal.crypto.FrameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection with packets (section 4). The reader answers nothing itself: it notes that a pong is due and wakes the writer.
 * The writer fills frames with whatever is most urgent and writes when it has 64 KiB or nothing more to say.
 */
final class CometConnection implements Connection {

    private static final Duration AT_ONCE = Duration.ZERO;

    /** The clock is looked at once for so many slices, which are 64 KiB of bulk, so that looking is not felt. */
    private static final int SLICES_PER_LOOK = 64;

    private final CometStreamProtocol protocol;
    private final ByteStream raw;
    private final SecretStream stream;
    private final NodeInfo peerInfo;
    private final byte[] peerKey;
    private final Liveness liveness;
    private final MessageLengths lengths = new MessageLengths();
    private final AtomicReference<@Nullable Reason> closedFor = new AtomicReference<>();
    private volatile @Nullable OutboundSource source;

    /** @param peerKey 32 bytes that the peer has proven to hold; kept */
    CometConnection(
            CometStreamProtocol protocol, ByteStream raw, SecretStream stream, NodeInfo peerInfo, byte[] peerKey) {
        this.protocol = protocol;
        this.raw = raw;
        this.stream = stream;
        this.peerInfo = peerInfo;
        this.peerKey = peerKey;
        this.liveness = new Liveness(protocol.keepAlive(), System.nanoTime());
    }

    @Override
    public NodeInfo peerInfo() {
        return peerInfo;
    }

    @Override
    public PublicKey peerKey() {
        return NodeKey.publicKeyOf(peerKey);
    }

    @Override
    public void read(InboundSink sink) throws IOException, InterruptedException {
        FrameReader in = stream.reader();
        PacketReader packets = new PacketReader(protocol.maxPacketBytes());
        FloodGuard guard = new FloodGuard(System.nanoTime());
        try {
            while (true) {
                guard.idle(deliver(in, packets, sink, guard), System.nanoTime());
                liveness.waits(System.nanoTime());
                if (!in.fill()) {
                    throw new TransportException(Reason.CLOSED_BY_PEER, "the peer ended the connection");
                }
                liveness.reads(System.nanoTime());
            }
        } catch (IOException | IllegalStateException e) {
            throw ended(e);
        } finally {
            in.release();
        }
    }

    @Override
    public void write(OutboundSource from) throws IOException, InterruptedException {
        source = from;
        FrameWriter out = stream.writer();
        var watchdog = liveness.watch(protocol.timer(), this::check);
        try {
            writeAll(from, out, new PacketWriter());
        } catch (IOException | IllegalStateException e) {
            throw ended(e);
        } finally {
            watchdog.cancel(false);
            out.release();
        }
    }

    @Override
    public CompletionStage<Duration> ping() {
        CompletionStage<Duration> answer = liveness.roundTrips().ask();
        if (liveness.roundTrips().isAsked()) {
            wakeWriter();
        }
        return answer;
    }

    @Override
    public LinkCounters counters() {
        return liveness.counters(stream.reader().bytesRead(), stream.writer().bytesWritten());
    }

    @Override
    public void close(Reason reason) {
        if (closedFor.compareAndSet(null, reason)) {
            raw.close();
            stream.close();
            liveness.roundTrips().end(reason);
            wakeWriter();
        }
    }

    /** Hands on every complete packet. Returns how many of them moved nothing. */
    private int deliver(FrameReader in, PacketReader packets, InboundSink sink, FloodGuard guard)
            throws IOException, InterruptedException {
        ByteBuffer view = in.buffer().duplicate();
        int idle = 0;
        int length = packets.read(in.buffer(), in.position(), in.available());
        while (length > 0) {
            switch (packets.kind()) {
                case MESSAGE -> {
                    idle += FloodGuard.isIdle(packets.dataLength(), packets.eof()) ? 1 : 0;
                    view.limit(packets.dataStart() + packets.dataLength()).position(packets.dataStart());
                    ChannelId channel = lengths.accept(packets.channel(), packets.dataLength(), packets.eof(), sink);
                    sink.piece(channel, view, packets.eof());
                    view.clear();
                }
                case PING -> pinged(guard);
                case PONG -> {
                    idle++;
                    liveness.pongReceived(System.nanoTime());
                }
            }
            in.consume(length);
            length = packets.read(in.buffer(), in.position(), in.available());
        }
        return idle;
    }

    private void pinged(FloodGuard guard) throws TransportException {
        guard.ping(System.nanoTime());
        liveness.pingReceived();
        wakeWriter();
    }

    private void writeAll(OutboundSource from, FrameWriter out, PacketWriter packets)
            throws IOException, InterruptedException {
        while (true) {
            requireOpen();
            if (liveness.takePongDue()) {
                packets.pong(out);
            }
            if (liveness.takePingDue(System.nanoTime())) {
                packets.ping(out);
            }
            Piece piece = from.next(PacketWriter.MAX_DATA, AT_ONCE);
            int slices = 0;
            while (piece != null && piece != Piece.END) {
                packets.message(out, piece);
                if (liveness.takePongDue()) {
                    packets.pong(out);
                }
                // The queue may stay filled for hours, so a ping that is due cannot wait until it is empty.
                boolean look =
                        ++slices % SLICES_PER_LOOK == 0 || liveness.roundTrips().isAsked();
                if (look && liveness.takePingDue(System.nanoTime())) {
                    packets.ping(out);
                }
                piece = from.next(PacketWriter.MAX_DATA, AT_ONCE);
            }
            out.flush();
            out.release();
            if (piece == Piece.END) {
                return;
            }
            // A wake that came since the top of the loop ended one of the looks above, so it would be missing below.
            if (liveness.isPongDue() || liveness.roundTrips().isAsked() || closedFor.get() != null) {
                continue;
            }
            piece = from.next(PacketWriter.MAX_DATA, liveness.untilPing(System.nanoTime()));
            if (piece == Piece.END) {
                return;
            }
            if (piece != null) {
                packets.message(out, piece);
            }
        }
    }

    /** The watchdog's look, on the timer's thread. */
    private void check() {
        long now = System.nanoTime();
        if (liveness.silent(now)) {
            close(Reason.SILENT);
        } else if (liveness.stalled(now, stream.writer().writingSinceNanos())) {
            close(Reason.WRITE_STALLED);
        } else if (liveness.oweSignOfLife(now)) {
            wakeWriter();
        }
    }

    private void wakeWriter() {
        OutboundSource waiting = source;
        if (waiting != null) {
            waiting.wake();
        }
    }

    private void requireOpen() throws TransportException {
        Reason reason = closedFor.get();
        if (reason != null) {
            throw new TransportException(reason, "the connection was closed on this side");
        }
    }

    /**
     * Why a loop ended: this side's own reason if there is one; what the loop met otherwise, which then ends the other loop. A
     * cipher that is already freed says the same as a closed stream.
     */
    private TransportException ended(Exception e) throws InterruptedException {
        TransportException met = switch (e) {
            case TransportException known -> known;
            case ClosedByInterruptException _ -> new TransportException(Reason.REQUESTED, "interrupted", e);
            case FrameException bad ->
                new TransportException(Reason.BAD_FRAME, "a frame is refused: " + bad.reason(), bad);
            default -> new TransportException(Reason.NETWORK_FAILURE, "the connection broke: " + e.getMessage(), e);
        };
        boolean open = closedFor.get() == null;
        close(met.reason());
        if (e instanceof ClosedByInterruptException && open) {
            throw new InterruptedException("the connection's loop was interrupted");
        }
        Reason first = closedFor.get();
        return first == null || first == met.reason()
                ? met
                : new TransportException(first, "the connection was closed", e);
    }
}
