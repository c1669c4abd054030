package dev.p2p.api.transport;

import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;

/**
 * A connection whose two sides have proven their identities. The platform calls {@link #read} and {@link #write} once each,
 * on two threads of their own; every other method may be called from every thread.
 */
public interface Connection extends AutoCloseable {

    /** What the peer told of itself; checked. */
    NodeInfo peerInfo();

    /** The key that the peer proved to hold; {@code NodeId} of it is {@code peerInfo().id()}. */
    PublicKey peerKey();

    /**
     * Reads until the connection ends, and hands each piece of a message to the sink. Blocks. Within a channel the pieces
     * arrive in the order in which the peer wrote them. A sink that blocks stops the reading; the transport keeps the link
     * alive meanwhile and does not count the pause against the peer.
     *
     * @throws TransportException when the connection ends, always with a reason; {@code CLOSED_BY_PEER} is the orderly one
     * @throws InterruptedException if the calling thread is interrupted
     */
    void read(InboundSink sink) throws IOException, InterruptedException;

    /**
     * Asks the source for pieces and writes them until the source ends. Blocks. Writes what is ready in one batch, and
     * flushes whenever the source has nothing more.
     *
     * @throws TransportException when the connection ends
     * @throws InterruptedException if the calling thread is interrupted
     */
    void write(OutboundSource source) throws IOException, InterruptedException;

    /**
     * Measures one round trip of the link's own keep-alive: a question that the peer's transport answers by itself. Blocks
     * until the answer is there, and needs both loops running on both sides. One at a time: a second caller waits for the
     * first. A caller that no longer wants to wait is interrupted; the answer, should it come after all, is then not taken
     * for that of the next call.
     *
     * @return from the moment the question was written to the moment its answer was read
     * @throws TransportException when the connection ends before the answer is there
     * @throws InterruptedException if the calling thread is interrupted
     */
    Duration ping() throws IOException, InterruptedException;

    /** What happened below the messages so far. */
    LinkCounters counters();

    /**
     * Asks the peer for a sign of life at once, if the protocol has such a request. The answer shows in {@link #counters()}, like
     * everything that the peer sends. Does not block.
     *
     * @return false if the protocol has none, as on links that cannot break unnoticed
     */
    default boolean probe() {
        return false;
    }

    /**
     * Ends the connection and both loops. The first reason given stays; later calls do nothing.
     *
     * @param reason why, for the loops' exceptions
     */
    void close(Reason reason);

    @Override
    default void close() {
        close(Reason.REQUESTED);
    }
}
