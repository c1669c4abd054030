package dev.p2p.cli.crawl;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A walk whose clock is a number, over nodes that are numbers. */
final class PlayWalk {

    static final long SECOND = 1_000_000_000L;
    long now;

    static Frontier frontier(int maxPeers, int depth, int workers, double rate) {
        CrawlLimits limits = CrawlLimits.once(maxPeers, depth, workers, rate);
        return new Frontier(limits, new DialBudget(rate, 0));
    }

    /** Visits all that may be visited, a second after another. */
    List<NodeId> visitAll(Frontier frontier) {
        List<NodeId> visited = new ArrayList<>();
        while (!frontier.isEmpty()) {
            Optional<Candidate> next = frontier.next(now += SECOND);
            if (next.isEmpty()) {
                break;
            }
            frontier.done(next.get());
            visited.add(next.get().id().orElse(id(0)));
        }
        return visited;
    }

    /** A start that was visited and has told of somebody. */
    Candidate answered(Frontier frontier, int node, String ip) {
        frontier.start(Target.of(address(node, ip)));
        Candidate candidate = frontier.next(now += SECOND).orElseThrow();
        candidate.told().answered(outcome(), List.of(address(900, "9.9.9.9")));
        frontier.done(candidate);
        return candidate;
    }

    static Outcome outcome() {
        return new Outcome(new Stages(() -> 0), Optional.empty(), "", List.of(), 0, OptionalLong.of(1));
    }

    static NodeAddress address(int number, String ip) {
        return NodeAddress.of(id(number), new HostPort(ip, 26_656));
    }

    static NodeId id(int number) {
        return new NodeId(7, number, number);
    }
}
