package dev.p2p.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom a crawl visits next. The clock is a number. */
class FrontierTest {

    private static final long SECOND = 1_000_000_000L;

    private long now;

    @Test
    void theStartsComeFirstAndNobodyTwice() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        frontier.start(Target.of(address(1, "9.0.0.1")));
        frontier.start(Target.of(address(1, "9.0.0.1")));
        Candidate start = frontier.next(now).orElseThrow();
        assertThat(start.id()).contains(id(1));
        assertThat(frontier.heard(id(1), 0, List.of(address(1, "9.0.0.1"), address(2, "9.0.1.1"))))
                .extracting(NodeAddress::id)
                .containsExactly(id(2));
        frontier.done(start);
        assertThat(visitAll(frontier)).containsExactly(id(2));
        assertThat(frontier.heard(id(2), 1, List.of(address(1, "9.0.0.1"), address(2, "9.0.9.9"))))
                .isEmpty();
        assertThat(frontier.isEmpty()).isTrue();
    }

    @Test
    void neverMoreNodesAreKnownThanTheLimit() {
        Frontier frontier = frontier(10, 10, 8, 1_000);
        frontier.start(Target.parse("9.9.9.9:1"));
        List<NodeAddress> told = IntStream.range(0, 50)
                .mapToObj(i -> address(i, "9.0." + i + ".1"))
                .toList();
        assertThat(frontier.heard(id(999), 0, told)).hasSize(9);
        assertThat(frontier.known()).isEqualTo(10);
        assertThat(frontier.beyondLimit()).isEqualTo(41);
        assertThat(visitAll(frontier)).hasSize(10);
    }

    @Test
    void oneAnswerCountsForNoMoreThanANodeMayTell() {
        Frontier frontier = frontier(10_000, 10, 8, 1_000);
        List<NodeAddress> told = IntStream.range(0, 2_000)
                .mapToObj(i -> address(i, "9." + i / 200 + "." + i % 200 + ".1"))
                .toList();
        assertThat(frontier.heard(id(9_999), 0, told)).hasSize(250);
    }

    @Test
    void theDepthLimitEndsTheWalk() {
        Frontier frontier = frontier(100, 1, 8, 1_000);
        assertThat(frontier.heard(id(1), 0, List.of(address(2, "9.0.0.1")))).hasSize(1);
        assertThat(frontier.heard(id(2), 1, List.of(address(3, "9.0.1.1")))).isEmpty();
    }

    @Test
    void noSmallNetworkGetsMoreThanTwoVisitsAtATime() {
        Frontier frontier = frontier(1_000, 10, 64, 1_000);
        frontier.heard(
                id(999),
                0,
                IntStream.range(0, 30).mapToObj(i -> address(i, "9.0.0." + i)).toList());
        frontier.heard(id(998), 0, List.of(address(500, "9.0.1.1")));
        List<Candidate> begun = new ArrayList<>();
        Optional<Candidate> next = frontier.next(now += SECOND);
        while (next.isPresent()) {
            begun.add(next.get());
            next = frontier.next(now += SECOND);
        }
        assertThat(begun).hasSize(3);
        assertThat(begun).extracting(candidate -> candidate.id().orElseThrow()).contains(id(500));
        frontier.done(begun.stream()
                .filter(candidate -> !candidate.id().orElseThrow().equals(id(500)))
                .findFirst()
                .orElseThrow());
        assertThat(frontier.next(now += SECOND)).isPresent();
        assertThat(frontier.next(now += SECOND)).isEmpty();
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
        assertThat(visitAll(crowded)).hasSize(CrawlLimits.DIALS_PER_GROUP);
        assertThat(crowded.usedUp()).isEqualTo(2_500 - CrawlLimits.DIALS_PER_GROUP);
        assertThat(crowded.isEmpty()).isTrue();
        Frontier oneMachine = frontier(100_000, 10, 64, 1_000);
        oneMachine.heard(
                id(1),
                0,
                IntStream.range(100, 200).mapToObj(i -> address(i, "9.0.0.1")).toList());
        assertThat(visitAll(oneMachine)).hasSize(CrawlLimits.DIALS_PER_IP);
    }

    @Test
    void whatIsNotPublicHasNoShares() {
        Frontier frontier = frontier(1_000, 10, 64, 1_000);
        frontier.heard(
                id(999),
                0,
                IntStream.range(0, 200).mapToObj(i -> address(i, "127.0.0.1")).toList());
        assertThat(visitAll(frontier)).hasSize(200);
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
        Optional<Candidate> next = frontier.next(now += SECOND);
        while (next.isPresent()) {
            begun.add(next.get().id().orElseThrow());
            next = frontier.next(now += SECOND);
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
        for (long end = 5 * SECOND; now < end; now += SECOND / 1_000) {
            Optional<Candidate> next = frontier.next(now);
            if (next.isPresent()) {
                begun++;
                frontier.done(next.get());
            }
        }
        assertThat(begun).isBetween(48, 52);
        now += 3_600 * SECOND;
        int burst = 0;
        for (Optional<Candidate> next = frontier.next(now); next.isPresent(); next = frontier.next(now)) {
            burst++;
            frontier.done(next.get());
        }
        assertThat(burst).isLessThanOrEqualTo(3);
        assertThat(frontier.nanosUntilNext(now)).isPositive();
    }

    @Test
    void aNodeIsTriedAtItsOtherPlacesAndThenGivenUp() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        frontier.heard(id(9), 0, List.of(address(1, "9.0.0.1")));
        frontier.heard(id(8), 0, List.of(address(1, "9.0.1.1"), address(1, "9.0.1.1")));
        Candidate candidate = frontier.next(now += SECOND).orElseThrow();
        assertThat(frontier.failed(candidate)).isTrue();
        Candidate again = frontier.next(now += SECOND).orElseThrow();
        assertThat(again.place().place()).contains(new HostPort("9.0.1.1", 26_656));
        assertThat(frontier.failed(again)).isFalse();
        assertThat(frontier.isEmpty()).isTrue();
    }

    @Test
    void aStartWithoutAnIdentityIsNotVisitedAgainWhenOthersTellOfIt() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        frontier.start(Target.parse("9.0.0.1:26656"));
        Candidate start = frontier.next(now += SECOND).orElseThrow();
        frontier.heard(id(5), 0, List.of(address(1, "9.0.0.1")));
        frontier.revealed(id(1));
        frontier.done(start);
        assertThat(visitAll(frontier)).isEmpty();
        assertThat(frontier.known()).isEqualTo(1);
    }

    @Test
    void whoeverWasVisitedInAnEarlierRunIsNotVisitedAgain() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        frontier.visited(id(1));
        frontier.start(Target.of(address(1, "9.0.0.1")));
        frontier.heard(id(2), 0, List.of(address(1, "9.0.0.1")));
        assertThat(frontier.isEmpty()).isTrue();
        assertThat(frontier.known()).isEqualTo(1);
    }

    @Test
    void whoeverRestsIsGivenOutWhenItIsDueAndNotTwice() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        Candidate first = answered(frontier, 1, "9.0.0.1");
        frontier.rest(first.again(id(1)), now + 30 * SECOND);
        frontier.rest(first.again(id(1)), now + 30 * SECOND);
        assertThat(frontier.resting()).isEqualTo(1);
        assertThat(frontier.isEmpty()).isFalse();
        assertThat(frontier.nanosUntilNext(now)).isEqualTo(30 * SECOND);
        assertThat(frontier.next(now + 30 * SECOND - 1)).isEmpty();
        Candidate again = frontier.next(now + 30 * SECOND).orElseThrow();
        assertThat(again.id()).contains(id(1));
        assertThat(again.isAskedAgain()).isTrue();
        frontier.done(again);
        assertThat(frontier.isEmpty()).isTrue();
        frontier.rest(again.again(id(1)), now + 60 * SECOND);
        assertThat(frontier.resting()).isEqualTo(1);
    }

    @Test
    void aStartThatRevealedItselfIsAskedAgainUnderItsIdentity() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        frontier.start(Target.parse("9.0.0.1:26656"));
        Candidate start = frontier.next(now += SECOND).orElseThrow();
        frontier.heard(id(5), 0, List.of(address(1, "9.0.0.1")));
        frontier.revealed(id(1));
        start.told().answered(outcome(), List.of(address(2, "9.0.0.2")));
        frontier.done(start);
        frontier.rest(start.again(id(1)), now);
        assertThat(visitAll(frontier)).containsExactly(id(1));
    }

    @Test
    void askingAgainCountsForTheRateAndTheVisitsUnderWayButForNoShare() {
        Frontier frontier = frontier(1_000, 10, 64, 1);
        for (int node = 0; node < 3; node++) {
            frontier.rest(answered(frontier, node, "9.0.0.1").again(id(node)), now + 4 * SECOND);
        }
        now += 4 * SECOND;
        assertThat(frontier.next(now)).isPresent();
        assertThat(frontier.next(now)).as("one dial a second").isEmpty();
        Candidate second = frontier.next(now += SECOND).orElseThrow();
        assertThat(frontier.next(now += SECOND)).as("two at a time").isEmpty();
        frontier.done(second);
        Candidate third = frontier.next(now += SECOND).orElseThrow();
        for (int round = 0; round < 2 * CrawlLimits.DIALS_PER_GROUP; round++) {
            frontier.done(third);
            frontier.rest(third.again(third.id().orElseThrow()), now);
            third = frontier.next(now += SECOND).orElseThrow();
        }
        assertThat(frontier.usedUp()).isZero();
    }

    @Test
    void nobodyIsAskedAgainForWhomThereIsNoMemory() {
        CrawlLimits limits = CrawlLimits.once(100, 10, 8, 1_000);
        Frontier frontier = new Frontier(limits, new DialBudget(1_000, 0), 10);
        frontier.rest(resting(1, 5), now);
        frontier.rest(resting(2, 6), now);
        frontier.rest(resting(3, 5), now);
        assertThat(visitAll(frontier)).containsExactly(id(1), id(3));
        frontier.rest(resting(2, 6), now);
        assertThat(visitAll(frontier)).containsExactly(id(2));
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
            now += random.nextInt(20_000_000);
            if (random.nextInt(3) == 0) {
                frontier.heard(
                        id(random.nextInt(50)),
                        random.nextInt(5),
                        List.of(randomAddress(random), randomAddress(random)));
            }
            if (running.size() < limits.workers()) {
                frontier.next(now).ifPresent(running::add);
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

    private List<NodeId> visitAll(Frontier frontier) {
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
    private Candidate answered(Frontier frontier, int node, String ip) {
        frontier.start(Target.of(address(node, ip)));
        Candidate candidate = frontier.next(now += SECOND).orElseThrow();
        candidate.told().answered(outcome(), List.of(address(900, "9.9.9.9")));
        frontier.done(candidate);
        return candidate;
    }

    /** A node of an earlier run that told of so many. */
    private static Candidate resting(int node, int neighbours) {
        Told told = new Told(1, neighbours, 0, neighbours);
        IntStream.range(0, neighbours).forEach(i -> told.remember(id(100 + i)));
        return Candidate.again(id(node), Target.of(address(node, "9.0." + node + ".1")), null, 0, told);
    }

    private static Outcome outcome() {
        return new Outcome(new Stages(() -> 0), Optional.empty(), "", List.of(), 0, OptionalLong.of(1));
    }

    private static NodeAddress randomAddress(Random random) {
        return address(random.nextInt(400), "9.0." + random.nextInt(40) + "." + random.nextInt(20));
    }

    private static Frontier frontier(int maxPeers, int depth, int workers, double rate) {
        CrawlLimits limits = CrawlLimits.once(maxPeers, depth, workers, rate);
        return new Frontier(limits, new DialBudget(rate, 0));
    }

    private static NodeAddress address(int number, String ip) {
        return NodeAddress.of(id(number), new HostPort(ip, 26_656));
    }

    private static NodeId id(int number) {
        return new NodeId(7, number, number);
    }
}
