package dev.p2p.cli.crawl;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Target;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks a network. One thread decides and writes; each visit runs on a virtual thread of its own and comes back as a message, so
 * what the thread holds is bounded by the frontier's limit and one answer for each worker.
 */
final class Crawl {

    /** How often the screen and the interruption are looked at while nothing happens. */
    private static final long LOOK_NANOS = 200_000_000;

    private final CrawlLimits limits;
    private final Frontier frontier;
    private final AddressFilter filter;
    private final Function<Optional<String>, Visiting> visiting;
    private final Recorder recorder;
    private final CrawlTally tally;
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
    private final Set<Thread> running = new HashSet<>();
    private Optional<String> network;
    private Visiting guest;
    private long nanosToWait = LOOK_NANOS;

    /** Makes one visit. */
    interface Visiting {
        Outcome visit(Target place) throws InterruptedException;
    }

    private record Finished(Candidate candidate, @Nullable Outcome outcome, Thread thread) {}

    /**
     * @param network whose nodes are asked; empty for that of the first node that is reached
     * @param visiting makes visits as a member of a network, or of each node's own
     */
    Crawl(
            CrawlLimits limits,
            Frontier frontier,
            AddressFilter filter,
            Optional<String> network,
            Function<Optional<String>, Visiting> visiting,
            Recorder recorder,
            CrawlTally tally) {
        this.limits = limits;
        this.frontier = frontier;
        this.filter = filter;
        this.network = network;
        this.visiting = visiting;
        this.guest = visiting.apply(network);
        this.recorder = recorder;
        this.tally = tally;
    }

    /**
     * Walks until nobody is left to visit, or somebody interrupts. Visits under way are then given up and not written.
     *
     * @param look called a few times a second
     * @return whether nobody is left
     */
    boolean run(Interruption interruption, Runnable look) throws IOException, InterruptedException {
        try {
            while (!interruption.isAsked() && !(frontier.isEmpty() && running.isEmpty())) {
                beginVisits();
                Finished next = finished.poll(nanosToWait, TimeUnit.NANOSECONDS);
                while (next != null) {
                    running.remove(next.thread());
                    take(next);
                    next = finished.poll();
                }
                tally.now(frontier.known(), running.size(), frontier.resting());
                look.run();
            }
            return frontier.isEmpty() && running.isEmpty();
        } finally {
            running.forEach(Thread::interrupt);
        }
    }

    /** The network whose nodes were asked, once that is known. */
    Optional<String> network() {
        return network;
    }

    /** While the network is unknown there is one visit at a time, because its outcome decides about the others. */
    private void beginVisits() {
        int allowed = network.isPresent() ? limits.workers() : 1;
        nanosToWait = LOOK_NANOS;
        while (running.size() < allowed) {
            long now = System.nanoTime();
            Optional<Candidate> next = frontier.next(now);
            if (next.isEmpty()) {
                long untilNext = frontier.isEmpty() ? 0 : frontier.nanosUntilNext(now);
                nanosToWait = untilNext == 0 ? LOOK_NANOS : Math.min(LOOK_NANOS, untilNext);
                return;
            }
            begin(next.get());
        }
    }

    private void begin(Candidate candidate) {
        Visiting current = guest;
        Thread thread = Thread.ofVirtual().name("p2p-crawl-visit").unstarted(() -> {
            Outcome outcome = null;
            try {
                outcome = current.visit(candidate.place());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                outcome = Outcome.failed(new Stages(System::nanoTime), Reason.INTERNAL_ERROR, e.toString());
            } finally {
                finished.add(new Finished(candidate, outcome, Thread.currentThread()));
            }
        });
        running.add(thread);
        thread.start();
    }

    /** A node that has answered once keeps its line if it does not answer again. */
    private void take(Finished visit) throws IOException {
        Outcome outcome = visit.outcome();
        Candidate candidate = visit.candidate();
        if (outcome == null) {
            frontier.done(candidate);
            return;
        }
        if (candidate.isAskedAgain()) {
            frontier.done(candidate);
            if (outcome.answered()) {
                write(candidate, outcome, candidate.id());
            }
            return;
        }
        Optional<NodeId> met = outcome.stages().id();
        if (candidate.id().isEmpty() && met.isPresent()) {
            frontier.revealed(met.get());
        }
        if (network.isEmpty() && outcome.reached()) {
            network = outcome.stages().info().map(NodeInfo::network);
            guest = visiting.apply(network);
        }
        boolean again = outcome.reached() ? leave(candidate) : frontier.failed(candidate);
        if (!again) {
            write(candidate, outcome, met);
        }
    }

    private boolean leave(Candidate candidate) {
        frontier.done(candidate);
        return false;
    }

    private void write(Candidate candidate, Outcome outcome, Optional<NodeId> met) throws IOException {
        // Many nodes tell of themselves too, which is no edge.
        List<NodeAddress> told = outcome.told().stream()
                .filter(filter::admits)
                .filter(address -> !Optional.of(address.id()).equals(met))
                .toList();
        List<NodeAddress> fresh =
                met.map(id -> frontier.heard(id, candidate.depth(), told)).orElse(List.of());
        boolean first = !candidate.isAskedAgain();
        Set<NodeId> newNeighbours = outcome.answered() ? candidate.told().answered(outcome, told) : Set.of();
        recorder.visited(candidate, outcome, newNeighbours, fresh);
        if (first) {
            tally.visited(outcome, fresh.size());
        } else {
            tally.answeredAgain(fresh.size());
        }
        if (met.isPresent()
                && candidate.told().mayKnowMore()
                && candidate.told().answers() < limits.rounds()) {
            frontier.rest(
                    candidate.again(met.get()),
                    System.nanoTime() + limits.betweenQuestions().toNanos());
        }
    }
}
