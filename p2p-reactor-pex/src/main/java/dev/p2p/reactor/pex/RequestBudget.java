package dev.p2p.reactor.pex;

/**
 * How many requests of one peer are answered: a few at once, and one more every ten seconds.
 *
 * <p>CometBFT cuts off whoever asks a third time within 10 s of the second. This node is milder, because some CometBFT releases
 * (v0.37, v0.38.10 to v0.38.15, v0.39, v0.40) ask again right after they have heard from a seed.
 *
 * <p>Times are nanoseconds of a clock that only moves on: a rate limit must not listen to a clock that somebody sets.
 */
final class RequestBudget {

    private static final double ANSWERS_AT_ONCE = 5;
    private static final double NANOS_PER_ANSWER = 10e9;

    /** So many requests beyond the budget are only noted. */
    private static final int EXCESS_FORGIVEN = 10;

    /** So many are no accident. Counting begins anew when the budget has become full again. */
    private static final int EXCESS_LIMIT = 20;

    private double answers = ANSWERS_AT_ONCE;
    private long refilledAt;
    private int excess;

    RequestBudget(long now) {
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
    Verdict take(long now) {
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

    private void refill(long now) {
        answers = Math.min(ANSWERS_AT_ONCE, answers + (now - refilledAt) / NANOS_PER_ANSWER);
        refilledAt = now;
        if (answers == ANSWERS_AT_ONCE) {
            excess = 0;
        }
    }
}
