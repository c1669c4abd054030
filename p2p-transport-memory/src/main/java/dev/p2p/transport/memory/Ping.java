package dev.p2p.transport.memory;

import java.util.concurrent.CompletableFuture;

/**
 * A question for a sign of life. The peer's reader sends it back.
 *
 * @param sentAt {@link System#nanoTime()}
 * @param nanos completed with the time to the answer, by the asker's own reader
 */
record Ping(long sentAt, CompletableFuture<Long> nanos) {

    /** What the peer's reader answers. */
    record Pong(Ping ping) {}

    static Ping now() {
        return new Ping(System.nanoTime(), new CompletableFuture<>());
    }
}
