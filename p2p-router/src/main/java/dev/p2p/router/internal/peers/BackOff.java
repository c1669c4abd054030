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

    /**
     * The instant of the next attempt, drawn once.
     *
     * @param failures how many failures in a row there were, at least 1
     */
    Instant next(int failures, Instant now, RandomGenerator random) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(failures - 1, MAX_DOUBLINGS));
        long span = Math.max(2, (long) Math.min(cap.toMillis(), doubled));
        return now.plusMillis(span / 2 + random.nextLong(span - span / 2 + 1));
    }
}
