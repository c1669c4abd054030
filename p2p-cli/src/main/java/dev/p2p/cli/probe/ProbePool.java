package dev.p2p.cli.probe;

import dev.p2p.api.Reason;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Target;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    /** Probes all. The consumer is called on the calling thread. */
    void probe(List<Target> targets, Consumer<Finding> to) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                parallel, Thread.ofVirtual().name("p2p-probe-", 0).factory())) {
            try {
                ArrayDeque<Future<Finding>> begun = new ArrayDeque<>();
                for (Target target : targets) {
                    if (begun.size() >= parallel * AHEAD) {
                        to.accept(finding(begun.removeFirst()));
                    }
                    begun.addLast(threads.submit(() -> probe(target)));
                }
                while (!begun.isEmpty()) {
                    to.accept(finding(begun.removeFirst()));
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    /** A mistake of this program concerns one place, not all. */
    private Finding probe(Target target) throws InterruptedException {
        try {
            return prober.probe(target);
        } catch (RuntimeException e) {
            return Finding.failed(target, new Stages(System::nanoTime), Reason.INTERNAL_ERROR, e.toString());
        }
    }

    private static Finding finding(Future<Finding> probing) throws InterruptedException {
        try {
            return probing.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a probe ended without a finding", e);
        }
    }
}
