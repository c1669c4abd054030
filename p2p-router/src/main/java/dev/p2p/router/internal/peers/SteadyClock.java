package dev.p2p.router.internal.peers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Notices when the wall clock is set. Used by one thread. */
final class SteadyClock {

    /** Less is the slow correction of a clock that is kept by a time server, which intervals may follow. */
    private static final Duration STEP = Duration.ofSeconds(2);

    private final InstantSource wall;
    private final LongSupplier nanos;
    private Instant lastWall;
    private long lastNanos;

    /** @param nanos time that only moves on, in nanoseconds */
    SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.lastWall = wall.instant();
        this.lastNanos = nanos.getAsLong();
    }

    Instant now() {
        return wall.instant();
    }

    /** By how much the wall clock was set since the last look, if it was. */
    Optional<Duration> step() {
        Instant wallNow = wall.instant();
        long nanosNow = nanos.getAsLong();
        Duration passed = Duration.ofNanos(nanosNow - lastNanos);
        Duration step = Duration.between(lastWall, wallNow).minus(passed);
        lastWall = wallNow;
        lastNanos = nanosNow;
        return step.abs().compareTo(STEP) > 0 ? Optional.of(step) : Optional.empty();
    }
}
