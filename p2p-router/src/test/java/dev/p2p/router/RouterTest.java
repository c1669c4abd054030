package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.StringValue;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeKey;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Started;
import dev.p2p.api.reactor.ReactorEvent.Stopping;
import dev.p2p.api.reactor.ReactorEvent.Tick;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.testkit.transport.LeakCheck;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole nodes on an in-process network. After each test no thread, timer or socket is left in the process. */
class RouterTest {

    private static final ChannelDescriptor<StringValue> TALK = ChannelDescriptor.of(0x71, "talk", StringValue.parser());

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LeakCheck leaks = LeakCheck.start();
    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Router> nodes = new ArrayList<>();

    /** A node with one reactor that writes down what happens. */
    private final class Node {

        private final NodeKey key;
        private final BlockingQueue<ReactorEvent> events = new LinkedBlockingQueue<>();
        private final AtomicReference<Channel<StringValue>> channel = new AtomicReference<>();
        private final RouterBuilder builder;
        private Router router;

        Node(int number) {
            byte[] seed = new byte[32];
            seed[0] = (byte) number;
            key = NodeKey.ofSeed(seed);
            builder = Router.builder(key, "test")
                    .transport(new MemoryTransportProvider(network))
                    .listen(new LocalEndpoint("memory", key.id().toString()))
                    .reactor("talk", setup -> {
                        channel.set(setup.open(TALK));
                        return events::add;
                    });
        }

        NodeAddress address() {
            return new NodeAddress(key.id(), "memory", "", 0, "");
        }

        Node start() throws IOException {
            router = builder.build();
            nodes.add(router);
            router.start();
            return this;
        }

        <E extends ReactorEvent> E await(Class<E> type) throws InterruptedException {
            while (true) {
                ReactorEvent event = events.poll(30, TimeUnit.SECONDS);
                assertThat(event).as("waiting for %s", type.getSimpleName()).isNotNull();
                if (type.isInstance(event)) {
                    return type.cast(event);
                }
            }
        }

        String hear() throws InterruptedException {
            return ((StringValue) await(Received.class).message()).getValue();
        }
    }

    @AfterEach
    void closesWithoutLeavingAnything() {
        nodes.reversed().forEach(Router::close);
        assertThat(nodes).allSatisfy(node -> assertThat(node.liveThreads()).isEmpty());
        leaks.assertNothingLeft(PATIENCE);
    }

    @Test
    void dialsAPersistentPeerAndCarriesMessagesBothWays() throws Exception {
        Node server = new Node(1).start();
        Node client = new Node(2);
        client.builder.persistentPeer(server.address());
        client.start();
        PeerRef toServer = client.await(PeerUp.class).peer();
        PeerRef toClient = server.await(PeerUp.class).peer();
        assertThat(toServer.id()).isEqualTo(server.key.id());
        assertThat(client.channel.get().send(toServer, StringValue.of("ping"))).isEqualTo(SendResult.QUEUED);
        assertThat(server.hear()).isEqualTo("ping");
        assertThat(server.channel.get().send(toClient.id(), StringValue.of("pong")))
                .isEqualTo(SendResult.QUEUED);
        assertThat(client.hear()).isEqualTo("pong");
        assertThat(server.router.peers().connected()).singleElement().satisfies(peer -> {
            // Counted by the reader after the hand-over, so possibly a moment after the reactor answered.
            assertThat(peer.traffic().messagesIn()).isLessThanOrEqualTo(1);
            assertThat(peer.info().moniker()).isEqualTo(client.key.id().shortText());
        });
    }

    @Test
    void broadcastsToEveryPeer() throws Exception {
        Node hub = new Node(1).start();
        List<Node> others = new ArrayList<>();
        for (int i = 2; i <= 5; i++) {
            Node node = new Node(i);
            node.builder.persistentPeer(hub.address());
            others.add(node.start());
        }
        for (Node _ : others) {
            hub.await(PeerUp.class);
        }
        assertThat(hub.channel.get().broadcast(StringValue.of("to all")).queued())
                .isEqualTo(4);
        for (Node node : others) {
            assertThat(node.hear()).isEqualTo("to all");
        }
    }

    @Test
    void saysWhyAMessageCannotBeSent() throws Exception {
        Node server = new Node(1).start();
        Node client = new Node(2);
        client.builder.persistentPeer(server.address());
        client.builder.reactor("large", setup -> {
            setup.open(ChannelDescriptor.of(0x72, "only-here", BytesValue.parser()));
            return event -> {};
        });
        client.start();
        PeerRef peer = client.await(PeerUp.class).peer();
        Channel<StringValue> channel = client.channel.get();
        String tooLong = "x".repeat(TALK.maxMessageBytes());
        assertThat(channel.send(peer, StringValue.of(tooLong))).isEqualTo(SendResult.TOO_LARGE);
        assertThat(channel.send(new PeerRef(peer.id(), 99), StringValue.of("a")))
                .isEqualTo(SendResult.STALE);
        assertThat(channel.send(client.key.id(), StringValue.of("a"))).isEqualTo(SendResult.NOT_CONNECTED);
        client.router.close();
        assertThat(channel.send(peer, StringValue.of("a"))).isEqualTo(SendResult.CLOSED);
    }

    @Test
    void aReportedPeerIsDisconnectedAndNothingOfItIsDeliveredAfterwards() throws Exception {
        Node server = new Node(1).start();
        Node client = new Node(2);
        client.builder.persistentPeer(server.address());
        client.start();
        PeerRef peer = server.await(PeerUp.class).peer();
        server.channel.get().report(peer, PeerError.ban("bad-manners", Duration.ofHours(1)));
        assertThat(server.await(PeerDown.class)).isEqualTo(new PeerDown(peer, Reason.BANNED));
        client.await(PeerUp.class);
        client.await(PeerDown.class);
    }

    @Test
    void aReleasedPeerStillGetsAllThatWasSent() throws Exception {
        Node server = new Node(1).start();
        Node client = new Node(2);
        client.builder.seed(server.address());
        client.start();
        PeerRef peer = server.await(PeerUp.class).peer();
        String large = "x".repeat(9_000);
        for (int i = 0; i < 100; i++) {
            assertThat(server.channel.get().send(peer, StringValue.of(large + i)))
                    .isEqualTo(SendResult.QUEUED);
        }
        server.channel.get().report(peer, PeerError.release("all-said"));
        for (int i = 0; i < 100; i++) {
            assertThat(client.hear()).isEqualTo(large + i);
        }
        assertThat(client.await(PeerDown.class).reason()).isEqualTo(Reason.CLOSED_BY_PEER);
        assertThat(server.await(PeerDown.class)).isEqualTo(new PeerDown(peer, Reason.REQUESTED));
        assertThat(server.channel.get().send(peer, StringValue.of("late"))).isEqualTo(SendResult.NOT_CONNECTED);
    }

    @Test
    void undecodableBytesEndOnlyTheirOwnConnection() throws Exception {
        Node server = new Node(1).start();
        Node healthy = new Node(2);
        healthy.builder.persistentPeer(server.address());
        healthy.start();
        healthy.await(PeerUp.class);
        AtomicReference<Channel<BytesValue>> raw = new AtomicReference<>();
        byte[] seed = new byte[32];
        seed[0] = 3;
        BlockingQueue<ReactorEvent> hostileEvents = new LinkedBlockingQueue<>();
        Router hostile = Router.builder(NodeKey.ofSeed(seed), "test")
                .transport(new MemoryTransportProvider(network))
                .persistentPeer(server.address())
                .reactor("hostile", setup -> {
                    raw.set(setup.open(ChannelDescriptor.of(0x71, "talk", BytesValue.parser())));
                    return hostileEvents::add;
                })
                .build();
        nodes.add(hostile);
        hostile.start();
        PeerRef victim = awaitUp(hostileEvents);
        raw.get().send(victim, BytesValue.of(ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xfe})));
        PeerDown down = server.await(PeerDown.class);
        assertThat(down.peer().id()).isEqualTo(hostile.self().id());
        assertThat(down.reason()).isEqualTo(Reason.UNDECODABLE_MESSAGE);
        healthy.channel.get().send(server.key.id(), StringValue.of("still here"));
        assertThat(server.hear()).isEqualTo("still here");
    }

    @Test
    void aReactorThatThrowsIsReplacedAndToldOfItsPeersAgain() throws Exception {
        Node server = new Node(1).start();
        Node client = new Node(2);
        BlockingQueue<String> lives = new LinkedBlockingQueue<>();
        client.builder.persistentPeer(server.address());
        client.builder.reactor("fragile", setup -> {
            setup.open(ChannelDescriptor.of(0x73, "fragile", StringValue.parser()));
            setup.every("tick", Duration.ofMillis(1));
            int life = lives.size();
            return event -> {
                lives.add(life + " " + event.getClass().getSimpleName());
                if (event instanceof Tick && life == 0) {
                    throw new IllegalStateException("on purpose");
                }
            };
        });
        client.start();
        assertThat(lives.poll(30, TimeUnit.SECONDS)).isEqualTo("0 Started");
        String next = lives.poll(30, TimeUnit.SECONDS);
        while (next != null && next.startsWith("0 ")) {
            next = lives.poll(30, TimeUnit.SECONDS);
        }
        assertThat(next).endsWith(" Started");
    }

    @Test
    void startsAndStopsEveryReactorOnce() throws Exception {
        Node node = new Node(1).start();
        node.router.close();
        assertThat(node.events.poll(30, TimeUnit.SECONDS)).isInstanceOf(Started.class);
        assertThat(node.events.poll(30, TimeUnit.SECONDS)).isEqualTo(new Stopping());
        assertThat(node.events).isEmpty();
    }

    @Test
    void closesEverythingWhenAPlaceIsInUse() throws Exception {
        Node first = new Node(1).start();
        Node second = new Node(1);
        assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("in use");
        assertThat(first.router.endpoints()).hasSize(1);
    }

    @Test
    void refusesTwoReactorsOnOneChannel() {
        Node node = new Node(1);
        node.builder.reactor("twin", setup -> {
            setup.open(TALK);
            return event -> {};
        });
        assertThatThrownBy(node.builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("71")
                .hasMessageContaining("twin");
    }

    @Test
    void refusesAnInboundPeerBeyondTheCap() throws Exception {
        Node server = new Node(1);
        server.builder.limits(RouterLimits.STANDARD.withPeers(1, 0));
        server.start();
        Node first = new Node(2);
        first.builder.persistentPeer(server.address());
        first.start();
        first.await(PeerUp.class);
        server.await(PeerUp.class);
        Node second = new Node(3);
        second.builder.persistentPeer(server.address());
        second.start();
        second.await(Started.class);
        first.router.close();
        server.await(PeerDown.class);
        assertThat(second.await(PeerUp.class).peer().id()).isEqualTo(server.key.id());
        assertThat(server.router.peers().connected()).hasSizeLessThanOrEqualTo(1);
    }

    private static PeerRef awaitUp(BlockingQueue<ReactorEvent> events) throws InterruptedException {
        while (true) {
            if (events.poll(30, TimeUnit.SECONDS) instanceof PeerUp up) {
                return up.peer();
            }
        }
    }
}
