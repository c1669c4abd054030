package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Decision.Kind;
import dev.p2p.router.control.PeerControl;
import dev.p2p.router.control.PeerEvents;
import dev.p2p.router.control.PeerState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What those are told who listen to the decisions of a running node. */
class LiveEventsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TalkerNetwork network = new TalkerNetwork();

    @Test
    @DisplayName("a subscriber that never reads loses the oldest decisions, is told how many, and slows nobody")
    void aSubscriberThatNeverReadsSlowsNobody() throws Exception {
        Talker node = network.started(1);
        try (PeerEvents events = node.control().subscribe(4)) {
            for (int i = 1; i <= 10; i++) {
                node.control().add(NodeAddress.parse(new NodeId(i, i, i) + "@20.1.1.1:1"), Set.of());
            }
            long told = node.control().status().missedEvents();
            assertThat(events.missed()).isGreaterThan(0).isGreaterThanOrEqualTo(told);
            assertThat(events.next(Duration.ZERO)).isPresent();
        }
    }

    @Test
    @DisplayName(
            "JX-09 PS-05 PS-06 PS-07: each subscriber gets what happens after he came, in order, until he closes; a late one asks for what is")
    void eachSubscriberGetsWhatHappensAfterHeCame() throws Exception {
        Talker server = network.started(1);
        Talker client = network.started(2);
        PeerEvents one = client.control().subscribe(1_000);
        PeerEvents other = client.control().subscribe(1_000);
        client.control().add(server.address(), Set.of());
        PeerEvents third = client.control().subscribe(1_000);
        assertThat(Talker.await(one, Kind.ADMITTED)).isEqualTo(Talker.await(other, Kind.ADMITTED));
        other.close();
        PeerEvents late = client.control().subscribe(1_000);
        assertThat(client.control().peer(server.id()).orElseThrow().state()).isEqualTo(PeerState.CONNECTED);
        client.control().disconnect(server.id(), "test");
        Decision down = Talker.await(one, Kind.DISCONNECTED);
        assertThat(Talker.await(third, Kind.DISCONNECTED)).isEqualTo(down);
        Optional<Decision> next = late.next(PATIENCE);
        while (next.filter(down::equals).isEmpty()) {
            assertThat(next)
                    .hasValueSatisfying(before -> assertThat(before.kind()).isNotEqualTo(Kind.ADMITTED));
            next = late.next(PATIENCE);
        }
        assertThat(other.next(Duration.ZERO)).isEmpty();
        assertThat(other.ended()).isTrue();
    }

    @Test
    @DisplayName("a node that does not run says so")
    void aNodeThatDoesNotRunSaysSo() throws Exception {
        Talker node = network.started(1);
        PeerControl control = node.control();
        PeerEvents events = control.subscribe(10);
        node.router().close();
        assertThatThrownBy(control::status).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> control.connect(node.id())).isInstanceOf(IllegalStateException.class);
        while (events.next(Duration.ZERO).isPresent()) {
            // What happened before the end is still there.
        }
        assertThat(events.ended()).isTrue();
    }
}
