package dev.p2p.transport.memory;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A question for a sign of life. The peer's reader sends it back, and everybody who asks meanwhile shares the answer.
 *
 * @param sentAt {@link System#nanoTime()}
 * @param answer the time to the answer
 * @param shown the same for callers, which cannot complete it for each other
 */
record Ping(long sentAt, CompletableFuture<Duration> answer, CompletionStage<Duration> shown) {

    /** What a question or an answer counts as. Nothing is really written, but a sign of life shows in the counters. */
    static final int BYTES = 1;

    /** What the peer's reader answers. */
    record Pong(Ping ping) {}

    static Ping now() {
        CompletableFuture<Duration> answer = new CompletableFuture<>();
        return new Ping(System.nanoTime(), answer, answer.minimalCompletionStage());
    }

    /** The asker's reader got the answer. */
    void answered(Duration trip) {
        tell(() -> answer.complete(trip));
    }

    /** There will be no answer. */
    void end(Reason reason) {
        TransportException end =
                new TransportException(reason, "the connection ended before the answer to a ping came");
        tell(() -> answer.completeExceptionally(end));
    }

    /** On a thread of its own, because everything that depends on the answer runs on it and may block. */
    private static void tell(Runnable completion) {
        Thread.ofVirtual().name("p2p-ping").start(completion);
    }
}
