package dev.p2p.cli.crawl;

import static dev.p2p.cli.crawl.PlayWalk.SECOND;
import static dev.p2p.cli.crawl.PlayWalk.address;
import static dev.p2p.cli.crawl.PlayWalk.frontier;
import static dev.p2p.cli.crawl.PlayWalk.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.cli.dial.Target;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom a crawl visits next, and that nobody is visited twice. */
class FrontierTest {

    private final PlayWalk walk = new PlayWalk();

    @Test
    void theStartsComeFirstAndNobodyTwice() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        frontier.start(Target.of(address(1, "9.0.0.1")));
        frontier.start(Target.of(address(1, "9.0.0.1")));
        Candidate start = frontier.next(walk.now).orElseThrow();
        assertThat(start.id()).contains(id(1));
        assertThat(frontier.heard(id(1), 0, List.of(address(1, "9.0.0.1"), address(2, "9.0.1.1"))))
                .extracting(NodeAddress::id)
                .containsExactly(id(2));
        frontier.done(start);
        assertThat(walk.visitAll(frontier)).containsExactly(id(2));
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
        assertThat(walk.visitAll(frontier)).hasSize(10);
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
    void aNodeIsTriedAtItsOtherPlacesAndThenGivenUp() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        frontier.heard(id(9), 0, List.of(address(1, "9.0.0.1")));
        frontier.heard(id(8), 0, List.of(address(1, "9.0.1.1"), address(1, "9.0.1.1")));
        Candidate candidate = frontier.next(walk.now += SECOND).orElseThrow();
        assertThat(frontier.failed(candidate)).isTrue();
        Candidate again = frontier.next(walk.now += SECOND).orElseThrow();
        assertThat(again.place().place()).contains(new HostPort("9.0.1.1", 26_656));
        assertThat(frontier.failed(again)).isFalse();
        assertThat(frontier.isEmpty()).isTrue();
    }

    @Test
    void aStartWithoutAnIdentityIsNotVisitedAgainWhenOthersTellOfIt() {
        Frontier frontier = frontier(100, 10, 8, 1_000);
        frontier.start(Target.parse("9.0.0.1:26656"));
        Candidate start = frontier.next(walk.now += SECOND).orElseThrow();
        frontier.heard(id(5), 0, List.of(address(1, "9.0.0.1")));
        frontier.revealed(id(1));
        frontier.done(start);
        assertThat(walk.visitAll(frontier)).isEmpty();
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
}
