package dev.p2p.reactor.pex;

import java.time.Duration;
import java.time.Instant;

/**
 * What passed between this node and one connection: when it was asked, and how much it asks.
 *
 * <p>CometBFT bans whoever asks a third time within 10 s of the second, and whoever answers unasked; this node keeps far from
 * the first and forgives a little of it, because some releases ask early after hearing from a seed.
 */
final class PexPeer {

    /** The least time between two requests to one peer. */
    static final Duration REQUEST_INTERVAL = Duration.ofSeconds(30);

    /** An answer that has not come by then is not waited for any more. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private static final double ANSWERS_AT_ONCE = 5;
    private static final double SECONDS_PER_ANSWER = 10;

    /** So many requests beyond the budget are no accident. */
    private static final int EXCESS_LIMIT = 20;

    private Instant lastRequest = Instant.MIN;
    private boolean waiting;
    private double answers = ANSWERS_AT_ONCE;
    private Instant answersAt = Instant.MIN;
    private int excess;
    private int malformed;

    /** What to do with a request of the peer. */
    enum Verdict {
        ANSWER,
        IGNORE,
        DISCONNECT
    }

    /** Whether the peer may be asked now. */
    boolean mayAsk(Instant now) {
        boolean outstanding = waiting && now.isBefore(lastRequest.plus(ANSWER_LIMIT));
        return lastRequest.equals(Instant.MIN) || (!outstanding && !now.isBefore(lastRequest.plus(REQUEST_INTERVAL)));
    }

    void asked(Instant now) {
        lastRequest = now;
        waiting = true;
    }

    /** Takes an answer; false if nothing was asked. */
    boolean answered() {
        boolean expected = waiting;
        waiting = false;
        return expected;
    }

    /** Takes a request of the peer. */
    Verdict requested(Instant now) {
        if (!answersAt.equals(Instant.MIN)) {
            double seconds = Math.max(0, Duration.between(answersAt, now).toMillis() / 1e3);
            answers = Math.min(ANSWERS_AT_ONCE, answers + seconds / SECONDS_PER_ANSWER);
        }
        answersAt = now;
        if (answers >= 1) {
            answers -= 1;
            return Verdict.ANSWER;
        }
        excess++;
        return excess > EXCESS_LIMIT ? Verdict.DISCONNECT : Verdict.IGNORE;
    }

    /** Counts unusable entries, and returns how many there were so far. */
    int malformed(int entries) {
        malformed += entries;
        return malformed;
    }
}
