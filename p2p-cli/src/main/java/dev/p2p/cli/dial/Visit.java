package dev.p2p.cli.dial;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection at work for a short while: it reads into a sink, writes what it is given, and answers keep-alives. */
public final class Visit implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Visit.class.getName());

    /** Takes whatever comes, on any channel, and keeps nothing. */
    public static final InboundSink DROP_ALL = new DropAll();

    private final Connection connection;
    private final Outbox outbox = new Outbox();
    private final CompletableFuture<TransportException> ended = new CompletableFuture<>();

    private Visit(Connection connection) {
        this.connection = connection;
    }

    /** Starts both loops. The connection belongs to the visit from now on. */
    public static Visit start(Connection connection, InboundSink sink) {
        Visit visit = new Visit(connection);
        Thread.ofVirtual().name("p2p-visit-read").start(() -> visit.loop(() -> connection.read(sink)));
        Thread.ofVirtual().name("p2p-visit-write").start(() -> visit.loop(() -> connection.write(visit.outbox)));
        return visit;
    }

    /** What the node told of itself. */
    public NodeInfo info() {
        return connection.peerInfo();
    }

    /** Queues a message; never blocks. */
    public void send(ChannelId channel, byte[] message) {
        outbox.add(channel, message);
    }

    /**
     * Measures a round trip. If an earlier call's ping is still open, it is its.
     *
     * @return empty if no answer came within the limit
     * @throws TransportException if the connection ended
     */
    public Optional<Duration> ping(Duration limit) throws TransportException, InterruptedException {
        CompletableFuture<Duration> answer = connection.ping().toCompletableFuture();
        try {
            return Optional.of(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TransportException known
                    ? known
                    : new TransportException(Reason.NETWORK_FAILURE, String.valueOf(e.getCause()), e);
        }
    }

    /** Completed with the end's reason when the connection ends. */
    public CompletableFuture<TransportException> ended() {
        return ended;
    }

    /** Leaves. */
    @Override
    public void close() {
        connection.close();
    }

    private interface Loop {
        void run() throws IOException, InterruptedException;
    }

    private void loop(Loop loop) {
        TransportException end = new TransportException(Reason.REQUESTED, "the visit is over");
        try {
            loop.run();
        } catch (TransportException e) {
            end = e;
        } catch (IOException e) {
            end = new TransportException(Reason.NETWORK_FAILURE, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a visit failed on this side", e);
            end = new TransportException(Reason.INTERNAL_ERROR, e.toString(), e);
        }
        ended.complete(end);
        connection.close(end.reason());
    }

    private static final class DropAll implements InboundSink {

        /** The largest message of any of CometBFT's channels: block sync's (section 5 of the wire document). */
        private static final int LARGEST_MESSAGE_BYTES = 104_857_605;

        @Override
        public void piece(ChannelId channel, ByteBuffer bytes, boolean last) {}

        @Override
        public int maxMessageBytes(ChannelId channel) {
            return LARGEST_MESSAGE_BYTES;
        }
    }
}
