package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The pings of one connection that wait for their pong. Pongs carry no number, and CometBFT answers several waiting pings with
 * one pong (section 4.5), so nobody's question sends a ping while one is open: it shares that one's answer. Times are
 * {@link System#nanoTime()}.
 */
final class RoundTrips {

    /**
     * What all who ask at a time wait for.
     *
     * @param shown the same for callers, which cannot complete it for each other
     */
    private record Question(CompletableFuture<Duration> answer, CompletionStage<Duration> shown) {

        static Question open() {
            CompletableFuture<Duration> answer = new CompletableFuture<>();
            return new Question(answer, answer.minimalCompletionStage());
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Question question;
    private @Nullable Reason ended;
    private boolean open;
    private long sentAt;
    private volatile boolean asked;
    private volatile long lastNanos;

    /** The answer to the ping that is open, or else to one that the writer is to send, which is to be woken for it. */
    CompletionStage<Duration> ask() {
        lock.lock();
        try {
            if (ended != null) {
                return CompletableFuture.<Duration>failedFuture(
                                new TransportException(ended, "the connection has ended"))
                        .minimalCompletionStage();
            }
            if (question == null) {
                question = Question.open();
                asked = !open;
            }
            return question.shown;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the writer is to send a ping for somebody who waits. */
    boolean isAsked() {
        return asked;
    }

    /** The writer sends a ping. One that is open already stays the measured one. */
    void sent(long now) {
        lock.lock();
        try {
            asked = false;
            if (!open) {
                open = true;
                sentAt = now;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The reader got a pong. One that nobody asked for says nothing. */
    void answered(long now) {
        Question answered;
        Duration trip;
        lock.lock();
        try {
            if (!open) {
                return;
            }
            open = false;
            lastNanos = now - sentAt;
            trip = Duration.ofNanos(lastNanos);
            answered = question;
            question = null;
        } finally {
            lock.unlock();
        }
        if (answered != null) {
            tell(() -> answered.answer.complete(trip));
        }
    }

    /** The connection has ended; there will be no answer. */
    void end(Reason reason) {
        Question unanswered;
        lock.lock();
        try {
            ended = reason;
            asked = false;
            unanswered = question;
            question = null;
        } finally {
            lock.unlock();
        }
        if (unanswered != null) {
            TransportException end =
                    new TransportException(reason, "the connection ended before the answer to a ping came");
            tell(() -> unanswered.answer.completeExceptionally(end));
        }
    }

    /** The last measured time, 0 if there is none. */
    long lastNanos() {
        return lastNanos;
    }

    /** On a thread of its own, because everything that depends on the answer runs on it and may block. */
    private static void tell(Runnable completion) {
        Thread.ofVirtual().name("p2p-ping").start(completion);
    }
}
