package dev.p2p.router.internal.peers;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: doubles with each, up to a cap; the upper half of the span is jitter, which is inside the cap.
 *
 * @param first the span after the first failure
 * @param cap the longest span
 */
public record BackOff(Duration first, Duration cap) {

    private static final int MAX_DOUBLINGS = 30;

    public BackOff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("a back-off grows from " + first + " to " + cap + ", which is no span");
        }
    }

    /** The longest wait after this many failures in a row, at least 1. Never falls as failures grow. */
    long spanMillis(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
        boolean overflown = doubled >> Math.min(failures - 1, MAX_DOUBLINGS) != first.toMillis();
        return Math.max(2, overflown ? cap.toMillis() : Math.min(cap.toMillis(), doubled));
    }

    /**
     * The instant of the next attempt, drawn once.
     *
     * @param failures how many failures in a row there were, at least 1
     */
    Instant next(int failures, Instant now, RandomGenerator random) {
        long span = spanMillis(failures);
        return now.plusMillis(span / 2 + random.nextLong(span - span / 2 + 1));
    }
}
