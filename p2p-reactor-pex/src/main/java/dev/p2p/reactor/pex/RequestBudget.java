package dev.p2p.reactor.pex;

import java.time.Duration;
import java.time.Instant;

/**
 * How many requests of one peer are answered: a few at once, and one more every ten seconds.
 *
 * <p>CometBFT cuts off whoever asks a third time within 10 s of the second. This node is milder, because some CometBFT releases
 * (v0.37, v0.38.10 to v0.38.15, v0.39, v0.40) ask again right after they have heard from a seed.
 */
final class RequestBudget {

    private static final double ANSWERS_AT_ONCE = 5;
    private static final double SECONDS_PER_ANSWER = 10;

    /** So many requests beyond the budget are only noted. */
    private static final int EXCESS_FORGIVEN = 10;

    /** So many are no accident. Counting begins anew when the budget has become full again. */
    private static final int EXCESS_LIMIT = 20;

    private double answers = ANSWERS_AT_ONCE;
    private Instant refilledAt;
    private int excess;

    RequestBudget(Instant now) {
        refilledAt = now;
    }

    /** What to do with a request. */
    enum Verdict {
        ANSWER,
        NOTE,
        PENALISE,
        DISCONNECT
    }

    /** Takes a request of the peer. */
    Verdict take(Instant now) {
        refill(now);
        if (answers >= 1) {
            answers -= 1;
            return Verdict.ANSWER;
        }
        excess++;
        if (excess > EXCESS_LIMIT) {
            return Verdict.DISCONNECT;
        }
        return excess > EXCESS_FORGIVEN ? Verdict.PENALISE : Verdict.NOTE;
    }

    /** A clock that was set back refills nothing and takes nothing. */
    private void refill(Instant now) {
        double seconds = Math.max(0, Duration.between(refilledAt, now).toMillis() / 1e3);
        refilledAt = now;
        answers = Math.min(ANSWERS_AT_ONCE, answers + seconds / SECONDS_PER_ANSWER);
        if (answers == ANSWERS_AT_ONCE) {
            excess = 0;
        }
    }
}
