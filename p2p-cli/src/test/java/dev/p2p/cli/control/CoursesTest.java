package dev.p2p.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.reactor.PeerView;
import dev.p2p.router.control.KnownPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The course of a score: a number a minute, an hour of them, only while the peer is connected. */
class CoursesTest {

    private static final Instant NOW = Instant.parse("2026-08-30T12:00:00Z");

    private final StagedControl node = new StagedControl(NOW, 0);
    private final Courses courses = new Courses();
    private final List<PeerView> connected = node.connected();
    private final KnownPeer peer = node.peer(StagedControl.CONNECTED).orElseThrow();

    @Test
    void aNewPeerIsSeenAtOnceAndThenOnceAMinute() throws InterruptedException {
        courses.sample(node, connected, NOW);
        courses.sample(node, connected, NOW.plusSeconds(59));
        assertThat(courses.of(peer)).containsExactly(71.0, 71.0);

        courses.sample(node, connected, NOW.plusSeconds(60));
        assertThat(courses.of(peer)).hasSize(3);
        courses.sample(node, List.of(), NOW.plusSeconds(61));
        courses.sample(node, connected, NOW.plusSeconds(62));
        assertThat(courses.of(peer)).containsExactly(71.0, 71.0);
    }

    @Test
    void anHourIsKept() throws InterruptedException {
        for (int minute = 0; minute < 500; minute++) {
            courses.sample(node, connected, NOW.plus(Duration.ofMinutes(minute)));
        }

        assertThat(courses.of(peer)).hasSize(61);
    }

    @Test
    void whoIsNotConnectedHasNone() throws InterruptedException {
        courses.sample(node, connected, NOW);

        assertThat(courses.of(node.peer(StagedControl.BANNED).orElseThrow())).isEmpty();
    }
}
