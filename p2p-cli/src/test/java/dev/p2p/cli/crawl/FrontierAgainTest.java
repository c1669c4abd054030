package dev.p2p.cli.crawl;

import static dev.p2p.cli.crawl.PlayWalk.SECOND;
import static dev.p2p.cli.crawl.PlayWalk.address;
import static dev.p2p.cli.crawl.PlayWalk.frontier;
import static dev.p2p.cli.crawl.PlayWalk.id;
import static dev.p2p.cli.crawl.PlayWalk.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.dial.Target;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom a crawl asks again, and when. */
class FrontierAgainTest {

    private final PlayWalk walk = new PlayWalk();

    @Test
    void whoeverRestsIsGivenOutWhenItIsDueAndNotTwice() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        Candidate first = walk.answered(frontier, 1, "9.0.0.1");
        frontier.rest(first.again(id(1)), walk.now + 30 * SECOND);
        frontier.rest(first.again(id(1)), walk.now + 30 * SECOND);
        assertThat(frontier.resting()).isEqualTo(1);
        assertThat(frontier.isEmpty()).isFalse();
        assertThat(frontier.nanosUntilNext(walk.now)).isEqualTo(30 * SECOND);
        assertThat(frontier.next(walk.now + 30 * SECOND - 1)).isEmpty();
        Candidate again = frontier.next(walk.now + 30 * SECOND).orElseThrow();
        assertThat(again.id()).contains(id(1));
        assertThat(again.isAskedAgain()).isTrue();
        frontier.done(again);
        assertThat(frontier.isEmpty()).isTrue();
        frontier.rest(again.again(id(1)), walk.now + 60 * SECOND);
        assertThat(frontier.resting()).isEqualTo(1);
    }

    @Test
    void aStartThatRevealedItselfIsAskedAgainUnderItsIdentity() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        frontier.start(Target.parse("9.0.0.1:26656"));
        Candidate start = frontier.next(walk.now += SECOND).orElseThrow();
        frontier.heard(id(5), 0, List.of(address(1, "9.0.0.1")));
        frontier.revealed(id(1));
        start.told().answered(outcome(), List.of(address(2, "9.0.0.2")));
        frontier.done(start);
        frontier.rest(start.again(id(1)), walk.now);
        assertThat(walk.visitAll(frontier)).containsExactly(id(1));
    }

    @Test
    void askingAgainCountsForTheRateAndTheVisitsUnderWayButForNoShare() {
        Frontier frontier = frontier(1_000, 10, 64, 1);
        for (int node = 0; node < 3; node++) {
            frontier.rest(walk.answered(frontier, node, "9.0.0.1").again(id(node)), walk.now + 4 * SECOND);
        }
        walk.now += 4 * SECOND;
        assertThat(frontier.next(walk.now)).isPresent();
        assertThat(frontier.next(walk.now)).as("one dial a second").isEmpty();
        Candidate second = frontier.next(walk.now += SECOND).orElseThrow();
        assertThat(frontier.next(walk.now += SECOND)).as("two at a time").isEmpty();
        frontier.done(second);
        Candidate third = frontier.next(walk.now += SECOND).orElseThrow();
        for (int round = 0; round < 2 * CrawlLimits.DIALS_PER_GROUP; round++) {
            frontier.done(third);
            frontier.rest(third.again(third.id().orElseThrow()), walk.now);
            third = frontier.next(walk.now += SECOND).orElseThrow();
        }
        assertThat(frontier.usedUp()).isZero();
    }

    @Test
    void nobodyIsAskedAgainForWhomThereIsNoMemory() {
        CrawlLimits limits = CrawlLimits.once(100, 10, 8, 1_000);
        Frontier frontier = new Frontier(limits, new DialBudget(1_000, 0), 10);
        frontier.rest(resting(1, 5), walk.now);
        frontier.rest(resting(2, 6), walk.now);
        frontier.rest(resting(3, 5), walk.now);
        assertThat(walk.visitAll(frontier)).containsExactly(id(1), id(3));
        frontier.rest(resting(2, 6), walk.now);
        assertThat(walk.visitAll(frontier)).containsExactly(id(2));
    }

    /** A node of an earlier run that told of so many. */
    private static Candidate resting(int node, int neighbours) {
        Told told = new Told(1, neighbours, 0, neighbours);
        IntStream.range(0, neighbours).forEach(i -> told.remember(id(100 + i)));
        return Candidate.again(id(node), Target.of(address(node, "9.0." + node + ".1")), null, 0, told);
    }
}
