package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.testkit.transport.LeakCheck;
import dev.p2p.testkit.transport.Poll;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the router owes to reactors, on whole nodes of one in-process network. */
class RouterConformanceTest {

    private static final ChannelDescriptor<StringValue> SECOND =
            ChannelDescriptor.of(0x09, "second", StringValue.parser());
    private static final ChannelDescriptor<StringValue> THIRD =
            ChannelDescriptor.of(0x0a, "third", StringValue.parser());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LeakCheck leaks = LeakCheck.start();
    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Router> nodes = new ArrayList<>();

    /** One more channel of a node, and what comes on it. */
    private static final class Side {

        private final AtomicReference<Channel<StringValue>> channel = new AtomicReference<>();
        private final BlockingQueue<Received<?>> received = new LinkedBlockingQueue<>();

        Side(Talker node, ChannelDescriptor<StringValue> descriptor) {
            node.builder.reactor("side-" + descriptor.name(), setup -> {
                channel.set(setup.open(descriptor));
                return event -> {
                    if (event instanceof Received<?> message) {
                        received.add(message);
                    }
                };
            });
        }

        String hear() throws InterruptedException {
            Received<?> next = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return ((StringValue) next.message()).getValue();
        }
    }

    @AfterEach
    void closesWithoutLeavingAnything() {
        nodes.reversed().forEach(Router::close);
        assertThat(nodes).allSatisfy(node -> assertThat(node.liveThreads()).isEmpty());
        leaks.assertNothingLeft(PATIENCE);
    }

    @Test
    @DisplayName(
            "RT-01 RT-02: of eight nodes seven echo what one sends to each, and what it broadcasts, on its channel")
    void sevenNodesEcho() throws Exception {
        Talker hub = start(talker(1).listening());
        Set<NodeId> others = new HashSet<>();
        for (int i = 2; i <= 8; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) i;
            NodeKey key = NodeKey.ofSeed(seed);
            Router echo = Router.builder(key, "test")
                    .transport(new MemoryTransportProvider(network))
                    .seed(hub.address())
                    .reactor("echo", setup -> {
                        Channel<StringValue> channel = setup.open(Talker.TALK);
                        return event -> {
                            if (event instanceof Received<?>(var from, var _, StringValue text)) {
                                channel.send(from, text);
                            }
                        };
                    })
                    .build();
            nodes.add(echo);
            echo.start();
            others.add(key.id());
        }
        List<PeerRef> peers = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            peers.add(hub.awaitUp());
        }
        for (PeerRef peer : peers) {
            assertThat(hub.channel().send(peer, StringValue.of("foo"))).isEqualTo(SendResult.QUEUED);
        }
        assertEchoes(hub, "foo", others);
        assertThat(hub.channel().broadcast(StringValue.of("bar")).queued()).isEqualTo(7);
        assertEchoes(hub, "bar", others);
        assertThat(hub.events).isEmpty();
    }

    @Test
    @DisplayName(
            "RT-07 RT-08g RT-08h RT-09: a message comes to whom it is sent, a broadcast to all others, on their channel only")
    void messagesComeToWhomTheyAreSent() throws Exception {
        List<Talker> talkers = new ArrayList<>();
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Talker node = talker(i + 1).listening();
            sides.add(new Side(node, SECOND));
            talkers.forEach(earlier -> node.builder.persistentPeer(earlier.address()));
            talkers.add(start(node));
        }
        for (Talker node : talkers) {
            for (int i = 0; i < 3; i++) {
                node.awaitUp();
            }
        }
        Talker a = talkers.get(0);
        Talker b = talkers.get(1);
        Talker c = talkers.get(2);
        a.channel().send(b.id(), StringValue.of("foo"));
        c.channel().send(a.id(), StringValue.of("bar"));
        assertThat(b.channel().broadcast(StringValue.of("to all")).queued()).isEqualTo(3);
        // What comes over one connection on one channel keeps its order, so whoever has heard three ends has heard all.
        for (int i = 0; i < 4; i++) {
            talkers.get(i).channel().broadcast(StringValue.of("end"));
            sides.get(i).channel.get().broadcast(StringValue.of("end"));
        }
        assertThat(a.hear(5)).containsExactlyInAnyOrder("bar", "to all", "end", "end", "end");
        assertThat(b.hear(4)).containsExactlyInAnyOrder("foo", "end", "end", "end");
        assertThat(c.hear(4)).containsExactlyInAnyOrder("to all", "end", "end", "end");
        assertThat(talkers.get(3).hear(4)).containsExactlyInAnyOrder("to all", "end", "end", "end");
        for (Side side : sides) {
            assertThat(List.of(side.hear(), side.hear(), side.hear())).containsOnly("end");
            assertThat(side.received).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "RT-06 RT-08c RT-08e RT-08f: a message to a stranger, to oneself or to who has left is answered with that, and comes nowhere")
    void aMessageToNobodyIsAnswered() throws Exception {
        Talker server = start(talker(1).listening());
        Talker client = start(seeded(talker(2), server));
        Talker leaves = start(seeded(talker(3), server));
        PeerRef first = server.awaitUp();
        PeerRef second = server.awaitUp();
        PeerRef gone = first.id().equals(leaves.id()) ? first : second;
        client.awaitUp();
        leaves.router().close();
        assertThat(server.awaitDown().peer()).isEqualTo(gone);
        Channel<StringValue> channel = server.channel();
        StringValue lost = StringValue.of("lost");
        assertThat(channel.send(new NodeId(9, 9, 9), lost)).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(channel.send(server.id(), lost)).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(channel.send(gone.id(), lost)).isEqualTo(SendResult.NOT_CONNECTED);
        assertThat(channel.send(gone, lost)).isIn(SendResult.NOT_CONNECTED, SendResult.STALE);
        assertThat(channel.send(client.id(), StringValue.of("found"))).isEqualTo(SendResult.QUEUED);
        assertThat(client.hear(1)).containsExactly("found");
        assertThat(server.events).isEmpty();
    }

    @Test
    @DisplayName("RT-04: a node tells of all its channels, and none of them is opened twice")
    void aNodeTellsOfItsChannels() {
        Talker node = talker(1);
        new Side(node, SECOND);
        Router built = node.builder.build();
        nodes.add(built);
        assertThat(built.self().channels()).containsExactlyInAnyOrder(Talker.TALK.id(), SECOND.id());
        Talker twice = talker(2);
        new Side(twice, SECOND);
        new Side(twice, ChannelDescriptor.of(0x09, "twin", StringValue.parser()));
        assertThatThrownBy(twice.builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("09")
                .hasMessageContaining("twin");
    }

    @Test
    @DisplayName(
            "RT-15a RT-18a PR-04: who shakes hands comes up on both sides, with the channels that it has and no other")
    void whoComesUpIsToldWithItsChannels() throws Exception {
        Talker server = talker(1).listening();
        new Side(server, SECOND);
        start(server);
        Talker client = talker(2);
        new Side(client, THIRD);
        start(seeded(client, server));
        assertThat(nextUp(server).info().channels())
                .contains(Talker.TALK.id(), THIRD.id())
                .doesNotContain(SECOND.id());
        assertThat(nextUp(client).info().channels())
                .contains(Talker.TALK.id(), SECOND.id())
                .doesNotContain(THIRD.id());
    }

    @Test
    @DisplayName(
            "RT-22 MC-02 MC-11: a send on a channel that the peer lacks says so, and the connection carries the others on")
    void aChannelThatThePeerLacksIsSaid() throws Exception {
        Talker server = start(talker(1).listening());
        Talker client = talker(2);
        Side lacking = new Side(client, SECOND);
        start(seeded(client, server));
        PeerRef peer = client.awaitUp();
        server.awaitUp();
        assertThat(client.channel().send(peer, StringValue.of("one"))).isEqualTo(SendResult.QUEUED);
        assertThat(lacking.channel.get().send(peer, StringValue.of("lost"))).isEqualTo(SendResult.NO_CHANNEL);
        assertThat(client.channel().send(peer, StringValue.of("two"))).isEqualTo(SendResult.QUEUED);
        assertThat(server.hear(2)).containsExactly("one", "two");
        assertThat(server.router().peers().connected())
                .singleElement()
                .satisfies(view -> assertThat(view.traffic().dropped()).isZero());
    }

    @Test
    @DisplayName("RT-21: a peer without a common channel is refused on both sides, and who came in is not remembered")
    void aPeerWithoutACommonChannelIsNotStored() throws Exception {
        Talker server = start(talker(1).listening());
        Talker client = new Talker(2, new MemoryTransportProvider(network), SECOND);
        start(seeded(client, server));
        assertThat(Poll.until(
                        () -> server.router().endings().containsKey(Reason.NO_COMMON_CHANNEL)
                                && client.router().endings().containsKey(Reason.NO_COMMON_CHANNEL),
                        PATIENCE))
                .isTrue();
        // The answer comes after the manager has taken in that the handshake failed.
        assertThat(Poll.until(() -> client.router().peers().connected().isEmpty(), PATIENCE))
                .isTrue();
        assertThat(server.router().control().peers()).isEmpty();
        assertThat(server.events).noneMatch(PeerUp.class::isInstance);
    }

    @Test
    @DisplayName("CH-04: a report never blocks: an interrupted thread reports as any other, and stays interrupted")
    void anInterruptedThreadReports() throws Exception {
        Talker server = start(talker(1).listening());
        Talker client = start(seeded(talker(2), server));
        client.awaitUp();
        PeerRef peer = server.awaitUp();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            server.channel().report(peer, PeerError.disconnect("test"));
            interrupted.complete(Thread.interrupted());
        });
        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.awaitDown().reason()).isEqualTo(Reason.REPORTED);
    }

    @Test
    @DisplayName(
            "JX-42: a reactor that throws on a message is replaced and told of its peers; they and the other reactors notice nothing")
    void aReactorThatThrowsIsReplaced() throws Exception {
        BlockingQueue<String> lives = new LinkedBlockingQueue<>();
        AtomicInteger created = new AtomicInteger();
        Talker server = talker(1).listening();
        server.builder.reactor("fragile", setup -> {
            setup.open(SECOND);
            int life = created.getAndIncrement();
            return event -> {
                lives.add(life + " " + event.getClass().getSimpleName());
                if (event instanceof Received<?> && life == 0) {
                    throw new IllegalStateException("on purpose");
                }
            };
        });
        start(server);
        Talker client = talker(2);
        Side side = new Side(client, SECOND);
        start(seeded(client, server));
        PeerRef peer = client.awaitUp();
        server.awaitUp();
        side.channel.get().send(peer, StringValue.of("boom"));
        side.channel.get().send(peer, StringValue.of("again"));
        client.channel().send(peer, StringValue.of("beside"));
        assertThat(server.hear(1)).containsExactly("beside");
        for (String expected : List.of("0 Started", "0 PeerUp", "0 Received", "1 Started", "1 PeerUp", "1 Received")) {
            assertThat(lives.poll(30, TimeUnit.SECONDS)).isEqualTo(expected);
        }
        assertThat(client.router().peers().connected()).hasSize(1);
        assertThat(client.events).noneMatch(ReactorEvent.PeerDown.class::isInstance);
    }

    private static void assertEchoes(Talker hub, String text, Set<NodeId> from) throws InterruptedException {
        Set<NodeId> heard = new HashSet<>();
        for (int i = 0; i < from.size(); i++) {
            ReactorEvent event = hub.events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(event).isInstanceOf(Received.class);
            Received<?> echo = (Received<?>) event;
            assertThat(echo.message()).isEqualTo(StringValue.of(text));
            assertThat(echo.channel()).isEqualTo(new ChannelId(0x71));
            heard.add(echo.from().id());
        }
        assertThat(heard).isEqualTo(from);
    }

    private static PeerUp nextUp(Talker node) throws InterruptedException {
        while (true) {
            ReactorEvent event = node.events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            if (event instanceof PeerUp up) {
                return up;
            }
        }
    }

    private Talker talker(int number) {
        return new Talker(number, new MemoryTransportProvider(network), Talker.TALK);
    }

    private static Talker seeded(Talker node, Talker seed) {
        node.builder.seed(seed.address());
        return node;
    }

    private Talker start(Talker node) throws Exception {
        node.start();
        nodes.add(node.router());
        return node;
    }
}
