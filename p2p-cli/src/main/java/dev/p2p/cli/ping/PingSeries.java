package dev.p2p.cli.ping;

import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One ping after the other, until there were enough or somebody interrupts. Used once, by one thread. */
final class PingSeries {

    /** So many answers are kept for the machine-readable result; the statistics go on. */
    private static final int KEPT = 10_000;

    private final int count;
    private final Duration pause;
    private final Interruption interruption;
    private final PingStatistics statistics = new PingStatistics();
    private final List<PingAnswer> answers = new ArrayList<>();

    /** Makes one attempt. */
    interface Asker {
        PingAnswer ask(int number) throws InterruptedException;
    }

    /** @param count how many, 0 for ever */
    PingSeries(int count, Duration pause, Interruption interruption) {
        this.count = count;
        this.pause = pause;
        this.interruption = interruption;
    }

    /** Runs the series and returns the exit code. An attempt that is interrupted counts as not sent. */
    int run(Asker asker, Consumer<PingAnswer> screen) {
        AtomicReference<Future<?>> running = new AtomicReference<>(CompletableFuture.completedFuture(null));
        interruption.whenAsked(() -> running.get().cancel(true));
        boolean complete = false;
        try {
            int number = 0;
            do {
                int next = ++number;
                FutureTask<PingAnswer> attempt = new FutureTask<>(() -> asker.ask(next));
                running.set(attempt);
                if (interruption.isAsked()) {
                    break;
                }
                Thread.ofVirtual().name("p2p-ping").start(attempt);
                PingAnswer answer = attempt.get();
                statistics.add(answer);
                if (answers.size() < KEPT) {
                    answers.add(answer);
                }
                screen.accept(answer);
                complete = number == count;
            } while (!complete && !interruption.await(pause));
        } catch (CancellationException e) {
            // Interrupted: the summary of what there is follows.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw Failure.unexpected(e.getCause() == null ? e : e.getCause());
        }
        if (!complete && count > 0) {
            return Interruption.EXIT_CODE;
        }
        return statistics.answered() > 0 ? ExitCode.OK : ExitCode.NO_ANSWER;
    }

    PingStatistics statistics() {
        return statistics;
    }

    /** The first answers, not more than ten thousand. */
    List<PingAnswer> answers() {
        return answers;
    }
}
