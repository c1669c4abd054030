package dev.p2p.testkit.transport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody announces. The one place in the kit that looks again and again. */
public final class Poll {

    private static final long PAUSE_NANOS = 1_000_000;

    private Poll() {}

    /** Whether something becomes true within a time; looks at least once, and does not wait on when it has. */
    public static boolean until(BooleanSupplier condition, Duration limit) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start >= limit.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
