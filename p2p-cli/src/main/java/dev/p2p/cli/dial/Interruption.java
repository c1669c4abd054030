package dev.p2p.cli.dial;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ctrl-C and SIGTERM for a command that has something to say at its end: the command is asked to stop, and the process ends
 * with the command's own exit code once it has.
 */
public final class Interruption implements AutoCloseable {

    /** The exit code of work that a signal cut short. */
    public static final int EXIT_CODE = 130;

    /** A command that has not ended by then is not waited for. A large crawl needs some of it to write its page. */
    private static final long GRACE_SECONDS = 30;

    private final CompletableFuture<Boolean> asked = new CompletableFuture<>();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread hook = Thread.ofPlatform().name("p2p-signal").unstarted(this::onSignal);

    /** Begins to listen for signals. */
    public static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Asks for the end from inside the program. */
    public void ask() {
        asked.complete(true);
    }

    /** Whether the end was asked for. */
    public boolean isAsked() {
        return asked.isDone();
    }

    /**
     * Waits.
     *
     * @return whether the end was asked for before the time was over
     */
    public boolean await(Duration time) throws InterruptedException {
        try {
            return asked.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking cannot fail", e);
        }
    }

    /** Runs something short as soon as the end is asked for, on the thread that asks; now, if it was already. */
    public void whenAsked(Runnable action) {
        var _ = asked.thenRun(action);
    }

    /** Says that everything is written, and with which code the process is to end. Returns the code. */
    public int finish(int code) {
        exitCode.complete(code);
        return code;
    }

    @Override
    public void close() {
        exitCode.complete(1);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends at this moment; the hook finds the exit code.
            asked.complete(true);
        }
    }

    private void onSignal() {
        asked.complete(true);
        int code = EXIT_CODE;
        try {
            code = exitCode.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.err.println("p2p: the command did not stop in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
