package dev.p2p.router.internal.admission;

import dev.p2p.api.Endpoint;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * How to go on when accepting fails, such as for a lack of file descriptors: with a pause that doubles from failure to failure up to
 * a second, as Go's HTTP server does it, and with a log that does not grow with the number of failures. Used by one thread.
 */
final class AcceptTrouble {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final long NANOS_BETWEEN_WORDS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private final BiConsumer<String, Throwable> log;
    private Duration pause = FIRST_PAUSE;
    private long unsaid;
    private long lastWord;
    private boolean spoken;

    /** @param nanos time that only moves on, in nanoseconds */
    AcceptTrouble(LongSupplier nanos, BiConsumer<String, Throwable> log) {
        this.nanos = nanos;
        this.log = log;
    }

    /** Accepting failed. How long to rest before the next try. */
    Duration failed(Endpoint place, Throwable why) {
        long now = nanos.getAsLong();
        unsaid++;
        if (!spoken || now - lastWord >= NANOS_BETWEEN_WORDS) {
            log.accept("accepting on " + place + " failed, " + unsaid + " times since this was last said", why);
            spoken = true;
            lastWord = now;
            unsaid = 0;
        }
        Duration rest = pause;
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        return rest;
    }

    /** Somebody was accepted. */
    void over() {
        pause = FIRST_PAUSE;
    }
}
