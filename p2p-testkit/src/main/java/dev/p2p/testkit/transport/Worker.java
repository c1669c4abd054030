package dev.p2p.testkit.transport;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * One job on a thread of its own. Every method that waits fails with the thread's stack if the job takes longer than the
 * test's patience. Safe to use from every thread.
 *
 * @param <T> the job's result
 */
public final class Worker<T> {

    /** How long a thread gets to arrive where it blocks. A thread that is pinned there never shows that it has arrived. */
    private static final Duration TIME_TO_BLOCK = Duration.ofMillis(200);

    private final Duration patience;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private volatile Thread thread = Thread.currentThread();

    Worker(Duration patience) {
        this.patience = patience;
    }

    void start(String name, Callable<T> job) {
        thread = Thread.ofVirtual().name("contract-" + name).unstarted(() -> run(job));
        thread.start();
    }

    /** Whether the job is not done. */
    public boolean isRunning() {
        return !outcome.isDone();
    }

    /** Interrupts the job's thread. */
    public void interrupt() {
        thread.interrupt();
    }

    /**
     * Waits until the job's thread waits for something itself, for a short time at most. Makes it likely that a test meets
     * the situation that it wants; nothing may depend on it.
     */
    public void untilBlocked() {
        Poll.until(() -> !isRunning() || isWaiting(), TIME_TO_BLOCK);
    }

    /**
     * The job's result.
     *
     * @throws AssertionError if the job fails or gets stuck
     */
    public T result() {
        try {
            return await();
        } catch (ExecutionException e) {
            throw new AssertionError(name() + " failed: " + e.getCause(), e.getCause());
        }
    }

    /**
     * The job's failure.
     *
     * @throws AssertionError if the job gets stuck, ends without a failure, or with another one
     */
    public <X extends Throwable> X failure(Class<X> type) {
        T result;
        try {
            result = await();
        } catch (ExecutionException e) {
            if (type.isInstance(e.getCause())) {
                return type.cast(e.getCause());
            }
            throw new AssertionError(
                    name() + " should have failed with " + type.getSimpleName() + ", but did with " + e.getCause(),
                    e.getCause());
        }
        throw new AssertionError(
                name() + " should have failed with " + type.getSimpleName() + ", but returned " + result);
    }

    /**
     * The reason with which the job failed.
     *
     * @throws AssertionError if the job does not fail with a {@link TransportException}
     */
    public Reason reason() {
        return failure(TransportException.class).reason();
    }

    /** Waits until the job has ended in whatever way. */
    void awaitEnd() {
        try {
            await();
        } catch (ExecutionException e) {
            // Whoever needed to know the outcome has asked for it.
            return;
        }
    }

    private T await() throws ExecutionException {
        try {
            return outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(name() + " is stuck after " + patience + " at\n" + stack(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted while it waited for " + name(), e);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // the root of a thread: whatever happens there is the job's outcome
    private void run(Callable<T> job) {
        try {
            outcome.complete(job.call());
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    private boolean isWaiting() {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    private String name() {
        return thread.getName();
    }

    private String stack() {
        return Arrays.stream(thread.getStackTrace())
                .map(frame -> "\tat " + frame)
                .collect(Collectors.joining("\n"));
    }
}
