package dev.p2p.testkit.transport;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs whatever may block on virtual threads, so that nothing a transport does can hold up a test for longer than the test's
 * patience. Safe to use from every thread.
 */
public final class Workers implements AutoCloseable {

    private final Duration patience;
    private final Queue<Worker<?>> started = new ConcurrentLinkedQueue<>();

    /** What a worker does when nobody needs its result. */
    @FunctionalInterface
    public interface Action {

        /** Does it. */
        void run() throws Exception;
    }

    /** @param patience how long to wait for a worker before it counts as stuck */
    public Workers(Duration patience) {
        this.patience = patience;
    }

    /**
     * Starts to work.
     *
     * @param name for people, in failures and thread dumps
     */
    public <T> Worker<T> start(String name, Callable<T> job) {
        Worker<T> worker = new Worker<>(patience);
        started.add(worker);
        worker.start(name, job);
        return worker;
    }

    /** Starts to work on something without a result. */
    public Worker<Boolean> start(String name, Action action) {
        return start(name, () -> {
            action.run();
            return true;
        });
    }

    /**
     * Interrupts everybody who still works, and waits for them.
     *
     * @throws AssertionError if one goes on in spite of it
     */
    @Override
    public void close() {
        started.forEach(Worker::interrupt);
        started.forEach(Worker::awaitEnd);
    }
}
