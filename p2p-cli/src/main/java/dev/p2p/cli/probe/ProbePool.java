package dev.p2p.cli.probe;

import dev.p2p.api.Reason;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Target;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Probes several places at a time and tells the findings in the order of the places. */
final class ProbePool {

    /** So many times more places are begun than probed at a time, so that one slow place does not hold up the others. */
    private static final int AHEAD = 8;

    private final Prober prober;
    private final int parallel;

    ProbePool(Prober prober, int parallel) {
        this.prober = prober;
        this.parallel = parallel;
    }

    /**
     * Probes all, or until the end is asked for; what is found by then is told, what is under way is given up. The consumer is
     * called on the calling thread.
     */
    void probe(List<Target> targets, Interruption interruption, Consumer<Finding> to) throws InterruptedException {
        CompletableFuture<Void> end = new CompletableFuture<>();
        interruption.whenAsked(() -> end.complete(null));
        try (ExecutorService threads = Executors.newFixedThreadPool(
                parallel, Thread.ofVirtual().name("p2p-probe-", 0).factory())) {
            try {
                ArrayDeque<CompletableFuture<Finding>> begun = new ArrayDeque<>();
                for (Target target : targets) {
                    if (begun.size() >= parallel * AHEAD) {
                        tell(begun.removeFirst(), end, to);
                    }
                    if (end.isDone()) {
                        break;
                    }
                    begun.addLast(CompletableFuture.supplyAsync(() -> probe(target), threads));
                }
                for (CompletableFuture<Finding> finding : begun) {
                    tell(finding, end, to);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static void tell(CompletableFuture<Finding> finding, CompletableFuture<Void> end, Consumer<Finding> to)
            throws InterruptedException {
        try {
            CompletableFuture.anyOf(finding, end).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a probe ended without a finding", e);
        }
        if (finding.isDone()) {
            to.accept(finding.join());
        }
    }

    /** A mistake of this program concerns one place, not all. */
    private Finding probe(Target target) {
        try {
            return prober.probe(target);
        } catch (InterruptedException e) {
            // Given up: nobody waits for this finding any more.
            throw new CompletionException(e);
        } catch (RuntimeException e) {
            return Finding.failed(target, new Stages(System::nanoTime), Reason.INTERNAL_ERROR, e.toString());
        }
    }
}
