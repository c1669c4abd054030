package dev.p2p.cli.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the end of a run: its time, Ctrl-C or SIGTERM. A run that is ended by a signal is orderly, so the process exits with
 * 0 once everything is closed.
 */
public final class Termination implements AutoCloseable {

    /** Longer than a node takes to close; then the process ends all the same. */
    private static final long GRACE_SECONDS = 15;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("p2p-signal").unstarted(this::onSignal);

    /** Begins to listen for signals. */
    public Termination() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Waits.
     *
     * @param limit how long at most; zero for ever
     * @return whether it was asked to end before the limit
     */
    public boolean await(Duration limit) throws InterruptedException {
        if (limit.isZero()) {
            asked.await();
            return true;
        }
        return asked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks for the end from inside the program. */
    public void ask() {
        asked.countDown();
    }

    /** Tells that everything is closed. */
    @Override
    public void close() {
        finished.countDown();
        if (asked.getCount() > 0) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process ends at this moment; the hook finds everything closed.
                asked.countDown();
            }
        }
    }

    private void onSignal() {
        asked.countDown();
        try {
            boolean orderly = finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
            System.out.flush();
            System.err.flush();
            // A signal's own exit code would be 143 or 130; halting from the hook is the one way to say that all is
            // well.
            Runtime.getRuntime().halt(orderly ? 0 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
