package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.api.reactor.Traffic;
import dev.p2p.api.reactor.WhenFull;
import dev.p2p.testkit.transport.LeakCheck;
import dev.p2p.testkit.transport.Poll;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A flood of broadcasts to five peers, of which one takes nothing. Whatever becomes of that one, the others miss nothing. */
class SlowPeerTest {

    private static final int MESSAGES = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ALL =
            IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList();

    private final LeakCheck leaks = LeakCheck.start();
    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Talker> nodes = new ArrayList<>();
    private final List<Talker> quick = new ArrayList<>();
    private Talker hub;
    private Talker slow;
    private CountDownLatch held;
    private PeerRef atHub;

    /** What was queued for the slow peer. */
    private final List<String> taken = new ArrayList<>();

    private int refused;

    @AfterEach
    void closesWithoutLeavingAnything() {
        held.countDown();
        nodes.reversed().forEach(node -> node.router().close());
        leaks.assertNothingLeft(PATIENCE);
    }

    @Test
    @DisplayName("RT-24: where the peer is paused, the sender is told of each message that the slow one does not get")
    void aPausedPeerHoldsUpNobody() throws Exception {
        meet(Talker.TALK);
        flood();
        assertOthersHeardAll();
        assertThat(refused).isPositive();
        assertThat(hub.router().peers().connected()).hasSize(5);
        held.countDown();
        assertThat(slow.hear(MESSAGES - refused)).isEqualTo(taken);
        assertThat(slow.events).isEmpty();
    }

    @Test
    @DisplayName("RT-24: where the slow one's channel drops, what it drops is counted, and nobody else is held up")
    void aPeerThatDropsCountsWhatItDrops() throws Exception {
        meet(Talker.TALK.withInbound(100, 1 << 20, WhenFull.DROP_NEWEST));
        flood();
        assertOthersHeardAll();
        assertThat(hub.router().peers().connected()).hasSize(5);
        assertThat(Poll.until(() -> traffic(slow).messagesIn() == MESSAGES - refused, PATIENCE))
                .isTrue();
        long dropped = traffic(slow).dropped();
        assertThat(dropped).isPositive();
        held.countDown();
        List<String> heard = slow.hear((int) (MESSAGES - refused - dropped));
        assertThat(taken).containsSubsequence(heard);
        assertThat(slow.events).isEmpty();
    }

    @Test
    @DisplayName("RT-24: where the slow one's channel says so, it is disconnected, and nobody else notices")
    void aPeerThatDisconnectsIsGone() throws Exception {
        meet(Talker.TALK.withInbound(100, 1 << 20, WhenFull.DISCONNECT));
        flood();
        assertOthersHeardAll();
        held.countDown();
        assertThat(slow.awaitDown().reason()).isEqualTo(Reason.LANE_FULL);
        assertThat(hub.awaitDown().peer()).isEqualTo(atHub);
    }

    private void meet(ChannelDescriptor<StringValue> ofTheSlowOne) throws Exception {
        hub = start(new Talker(1, provider(), Talker.TALK).listening());
        for (int i = 2; i <= 5; i++) {
            Talker node = new Talker(i, provider(), Talker.TALK);
            node.builder.seed(hub.address());
            quick.add(start(node));
            hub.awaitUp();
            node.awaitUp();
        }
        slow = new Talker(6, provider(), ofTheSlowOne);
        slow.builder.seed(hub.address());
        held = slow.holdUp();
        start(slow);
        atHub = hub.awaitUp();
        assertThat(atHub.id()).isEqualTo(slow.id());
        slow.awaitUp();
    }

    /** Broadcasts all; waits for whoever is only out of breath, but never for the slow one. */
    private void flood() throws InterruptedException {
        for (String text : ALL) {
            StringValue message = StringValue.of(text);
            Map<PeerRef, SendResult> missed = hub.channel().broadcast(message).refused();
            if (missed.containsKey(atHub)) {
                refused++;
            } else {
                taken.add(text);
            }
            for (PeerRef peer : missed.keySet()) {
                if (!peer.equals(atHub)) {
                    assertThat(hub.channel().send(peer, message, PATIENCE)).isEqualTo(SendResult.QUEUED);
                }
            }
        }
    }

    private void assertOthersHeardAll() throws InterruptedException {
        for (Talker node : quick) {
            assertThat(node.hear(MESSAGES)).isEqualTo(ALL);
            assertThat(node.events).noneMatch(ReactorEvent.PeerDown.class::isInstance);
            assertThat(traffic(node).dropped()).isZero();
        }
    }

    private static Traffic traffic(Talker node) {
        return node.router().peers().connected().getFirst().traffic();
    }

    private Talker start(Talker node) throws Exception {
        nodes.add(node);
        return node.start();
    }

    private MemoryTransportProvider provider() {
        return new MemoryTransportProvider(network);
    }
}
