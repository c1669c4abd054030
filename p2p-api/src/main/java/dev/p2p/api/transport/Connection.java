package dev.p2p.api.transport;

import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

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
     * Asks the peer for a sign of life at once, and measures the round trip: the link's own keep-alive, a question that the
     * peer's transport answers by itself. Never blocks, never throws, and may be called before the loops run; the question goes
     * out and its answer is read when they do, on both sides. The answer counts in {@link #counters()}, its bytes as well, so who
     * wants to know only whether the peer lives may drop the result.
     *
     * <p>One question at a time: while one is open, this platform's own periodic one too, a call sends nothing and shares its
     * answer and its round trip, which may have begun long before the call. So calls may be as many as one likes, but one after
     * each answer is a flood to the peer on a quick link: it may end the connection of who sends more than ten a second.
     *
     * <p>There is no limit of time but the connection's. Who waits sets his own:
     * {@code ping().toCompletableFuture().orTimeout(…)}. That future is its caller's alone; to complete or cancel it ends neither
     * the question nor anybody else's wait. A question that nobody waits for any more stays open, and the next call shares it.
     *
     * <p>The stage completes on a thread of its own, started for this one answer, never on the threads of the loops or of who
     * closes the connection: what depends on it runs there and may block, or on the thread that adds it to a complete stage.
     *
     * <p>Every transport has such a question. One whose protocol knows none makes a frame of its own for it, as the
     * in-process one does.
     *
     * @return from the moment the question was written to the moment its answer was read; more than zero. Fails with a
     *     {@link TransportException} that has the connection's reason when the connection ends before the answer is there, and at
     *     once if it has ended; dependents see it as the cause of a {@link java.util.concurrent.CompletionException}, as usual
     */
    CompletionStage<Duration> ping();

    /** What happened below the messages so far. */
    LinkCounters counters();

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
