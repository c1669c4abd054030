package dev.p2p.cli.crawl;

import static dev.p2p.cli.crawl.PlayWalk.SECOND;
import static dev.p2p.cli.crawl.PlayWalk.address;
import static dev.p2p.cli.crawl.PlayWalk.frontier;
import static dev.p2p.cli.crawl.PlayWalk.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No network and no machine is visited more than is polite. */
class FrontierSharesTest {

    private final PlayWalk walk = new PlayWalk();

    @Test
    void noSmallNetworkGetsMoreThanTwoVisitsAtATime() {
        Frontier frontier = frontier(1_000, 10, 64, 1_000);
        frontier.heard(
                id(999),
                0,
                IntStream.range(0, 30).mapToObj(i -> address(i, "9.0.0." + i)).toList());
        frontier.heard(id(998), 0, List.of(address(500, "9.0.1.1")));
        List<Candidate> begun = new ArrayList<>();
        Optional<Candidate> next = frontier.next(walk.now += SECOND);
        while (next.isPresent()) {
            begun.add(next.get());
            next = frontier.next(walk.now += SECOND);
        }
        assertThat(begun).hasSize(3);
        assertThat(begun).extracting(candidate -> candidate.id().orElseThrow()).contains(id(500));
        frontier.done(begun.stream()
                .filter(candidate -> !candidate.id().orElseThrow().equals(id(500)))
                .findFirst()
                .orElseThrow());
        assertThat(frontier.next(walk.now += SECOND)).isPresent();
        assertThat(frontier.next(walk.now += SECOND)).isEmpty();
    }

    @Test
    void noSmallNetworkAndNoMachineGetsMoreDialsThanItsShare() {
        Frontier crowded = frontier(100_000, 10, 64, 1_000);
        for (int teller = 0; teller < 10; teller++) {
            int first = teller * 250;
            crowded.heard(
                    id(9_000 + teller),
                    0,
                    IntStream.range(first, first + 250)
                            .mapToObj(i -> address(i, "9.0.0." + i % 250))
                            .toList());
        }
        assertThat(walk.visitAll(crowded)).hasSize(CrawlLimits.DIALS_PER_GROUP);
        assertThat(crowded.usedUp()).isEqualTo(2_500 - CrawlLimits.DIALS_PER_GROUP);
        assertThat(crowded.isEmpty()).isTrue();
        Frontier oneMachine = frontier(100_000, 10, 64, 1_000);
        oneMachine.heard(
                id(1),
                0,
                IntStream.range(100, 200).mapToObj(i -> address(i, "9.0.0.1")).toList());
        assertThat(walk.visitAll(oneMachine)).hasSize(CrawlLimits.DIALS_PER_IP);
    }

    @Test
    void whatIsNotPublicHasNoShares() {
        Frontier frontier = frontier(1_000, 10, 64, 1_000);
        frontier.heard(
                id(999),
                0,
                IntStream.range(0, 200).mapToObj(i -> address(i, "127.0.0.1")).toList());
        assertThat(walk.visitAll(frontier)).hasSize(200);
    }

    @Test
    void oneLiarHoldsUpNobodyElse() {
        Frontier frontier = frontier(10_000, 10, 16, 1_000);
        frontier.heard(
                id(9_999),
                0,
                IntStream.range(0, 250)
                        .mapToObj(i -> address(i, "9." + i + ".0.1"))
                        .toList());
        frontier.heard(id(9_998), 0, List.of(address(500, "10.0.0.1"), address(501, "11.0.0.1")));
        List<NodeId> begun = new ArrayList<>();
        Optional<Candidate> next = frontier.next(walk.now += SECOND);
        while (next.isPresent()) {
            begun.add(next.get().id().orElseThrow());
            next = frontier.next(walk.now += SECOND);
        }
        assertThat(begun).hasSize(4 + 2).contains(id(500), id(501));
    }

    @Test
    void theRateHoldsOverAnyTime() {
        Frontier frontier = frontier(10_000, 10, 1_000, 10);
        frontier.heard(
                id(9_999),
                0,
                IntStream.range(0, 250).mapToObj(i -> address(i, "127.0.0.1")).toList());
        int begun = 0;
        for (long end = 5 * SECOND; walk.now < end; walk.now += SECOND / 1_000) {
            Optional<Candidate> next = frontier.next(walk.now);
            if (next.isPresent()) {
                begun++;
                frontier.done(next.get());
            }
        }
        assertThat(begun).isBetween(48, 52);
        walk.now += 3_600 * SECOND;
        int burst = 0;
        for (Optional<Candidate> next = frontier.next(walk.now); next.isPresent(); next = frontier.next(walk.now)) {
            burst++;
            frontier.done(next.get());
        }
        assertThat(burst).isLessThanOrEqualTo(3);
        assertThat(frontier.nanosUntilNext(walk.now)).isPositive();
    }

    /** Ten thousand random steps, with every invariant looked at after each. */
    @Test
    void theLimitsHoldInEveryOrderOfEvents() {
        Random random = new Random(7);
        CrawlLimits limits = CrawlLimits.once(300, 4, 12, 100);
        Frontier frontier = new Frontier(limits, new DialBudget(limits.dialsPerSecond(), 0));
        List<Candidate> running = new ArrayList<>();
        Set<NodeId> met = new HashSet<>();
        for (int step = 0; step < 10_000; step++) {
            walk.now += random.nextInt(20_000_000);
            if (random.nextInt(3) == 0) {
                frontier.heard(
                        id(random.nextInt(50)),
                        random.nextInt(5),
                        List.of(randomAddress(random), randomAddress(random)));
            }
            if (running.size() < limits.workers()) {
                frontier.next(walk.now).ifPresent(running::add);
            }
            if (!running.isEmpty() && random.nextInt(2) == 0) {
                Candidate over = running.remove(random.nextInt(running.size()));
                boolean good = random.nextBoolean();
                if (good) {
                    frontier.done(over);
                }
                if (good || !frontier.failed(over)) {
                    assertThat(met.add(over.id().orElseThrow()))
                            .as("given out once")
                            .isTrue();
                }
            }
            Map<String, Integer> perGroup = new HashMap<>();
            running.forEach(c -> perGroup.merge(Neighbourhood.of(c.place()).group(), 1, Integer::sum));
            assertThat(perGroup.values()).allMatch(count -> count <= CrawlLimits.AT_ONCE_PER_GROUP);
            assertThat(frontier.known()).isLessThanOrEqualTo(limits.maxPeers());
        }
        assertThat(met).hasSizeGreaterThan(50);
    }

    private static NodeAddress randomAddress(Random random) {
        return address(random.nextInt(400), "9.0." + random.nextInt(40) + "." + random.nextInt(20));
    }
}
