package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.StringValue;
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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole nodes on an in-process network. After each test no thread, timer or socket is left in the process. */
class RouterTest {

    @RegisterExtension
    final TalkerNetwork network = new TalkerNetwork();

    @Test
    void dialsAPersistentPeerAndCarriesMessagesBothWays() throws Exception {
        Talker server = network.started(1);
        Talker client = network.startedWith(2, server);
        PeerRef toServer = client.awaitUp();
        PeerRef toClient = server.awaitUp();
        assertThat(toServer.id()).isEqualTo(server.id());
        assertThat(client.channel().send(toServer, StringValue.of("ping"))).isEqualTo(SendResult.QUEUED);
        assertThat(server.hear(1)).containsExactly("ping");
        assertThat(server.channel().send(toClient.id(), StringValue.of("pong"))).isEqualTo(SendResult.QUEUED);
        assertThat(client.hear(1)).containsExactly("pong");
        assertThat(server.router().peers().connected()).singleElement().satisfies(peer -> {
            // Counted by the reader after the hand-over, so possibly a moment after the reactor answered.
            assertThat(peer.traffic().messagesIn()).isLessThanOrEqualTo(1);
            assertThat(peer.info().moniker()).isEqualTo(client.id().shortText());
        });
    }

    @Test
    void broadcastsToEveryPeer() throws Exception {
        Talker hub = network.started(1);
        List<Talker> others = new ArrayList<>();
        for (int i = 2; i <= 5; i++) {
            others.add(network.startedWith(i, hub));
        }
        for (Talker node : others) {
            hub.awaitUp();
            node.awaitUp();
        }
        assertThat(hub.channel().broadcast(StringValue.of("to all")).queued()).isEqualTo(4);
        for (Talker node : others) {
            assertThat(node.hear(1)).containsExactly("to all");
        }
    }

    @Test
    void saysWhyAMessageCannotBeSent() throws Exception {
        Talker server = network.started(1);
        Talker client = network.talker(2).listening();
        client.builder.persistentPeer(server.address());
        client.builder.reactor("large", setup -> {
            setup.open(ChannelDescriptor.of(0x72, "only-here", BytesValue.parser()));
            return event -> {};
        });
        client.start();
        PeerRef peer = client.awaitUp();
        Channel<StringValue> channel = client.channel();
        String tooLong = "x".repeat(Talker.TALK.maxMessageBytes());
        assertThat(channel.send(peer, StringValue.of(tooLong))).isEqualTo(SendResult.TOO_LARGE);
        assertThat(channel.send(new PeerRef(peer.id(), 99), StringValue.of("a")))
                .isEqualTo(SendResult.STALE);
        assertThat(channel.send(client.id(), StringValue.of("a"))).isEqualTo(SendResult.NOT_CONNECTED);
        client.router().close();
        assertThat(channel.send(peer, StringValue.of("a"))).isEqualTo(SendResult.CLOSED);
    }

    @Test
    void aReportedPeerIsDisconnectedAndNothingOfItIsDeliveredAfterwards() throws Exception {
        Talker server = network.started(1);
        Talker client = network.startedWith(2, server);
        PeerRef peer = server.awaitUp();
        server.channel().report(peer, PeerError.ban("bad-manners", Duration.ofHours(1)));
        assertThat(server.awaitDown()).isEqualTo(new PeerDown(peer, Reason.BANNED));
        client.awaitUp();
        client.awaitDown();
    }

    @Test
    void aReleasedPeerStillGetsAllThatWasSent() throws Exception {
        Talker server = network.started(1);
        Talker client = network.talker(2).seeded(server).start();
        PeerRef peer = server.awaitUp();
        String large = "x".repeat(9_000);
        for (int i = 0; i < 100; i++) {
            assertThat(server.channel().send(peer, StringValue.of(large + i))).isEqualTo(SendResult.QUEUED);
        }
        server.channel().report(peer, PeerError.release("all-said"));
        client.awaitUp();
        assertThat(client.hear(100))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> large + i).toList());
        assertThat(client.awaitDown().reason()).isEqualTo(Reason.CLOSED_BY_PEER);
        assertThat(server.awaitDown()).isEqualTo(new PeerDown(peer, Reason.REQUESTED));
        assertThat(server.channel().send(peer, StringValue.of("late"))).isEqualTo(SendResult.NOT_CONNECTED);
    }

    @Test
    void undecodableBytesEndOnlyTheirOwnConnection() throws Exception {
        Talker server = network.started(1);
        Talker healthy = network.startedWith(2, server);
        healthy.awaitUp();
        AtomicReference<Channel<BytesValue>> raw = new AtomicReference<>();
        BlockingQueue<ReactorEvent> hostileEvents = new LinkedBlockingQueue<>();
        Router hostile = network.add(Router.builder(Talker.key(3), "test")
                .transport(network.provider())
                .persistentPeer(server.address())
                .reactor("hostile", setup -> {
                    raw.set(setup.open(ChannelDescriptor.of(0x71, "talk", BytesValue.parser())));
                    return hostileEvents::add;
                })
                .build());
        hostile.start();
        PeerRef victim = awaitUp(hostileEvents);
        raw.get().send(victim, BytesValue.of(ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xfe})));
        PeerDown down = server.awaitDown();
        assertThat(down.peer().id()).isEqualTo(hostile.self().id());
        assertThat(down.reason()).isEqualTo(Reason.UNDECODABLE_MESSAGE);
        healthy.channel().send(server.id(), StringValue.of("still here"));
        assertThat(server.await(Received.class).message()).isEqualTo(StringValue.of("still here"));
    }

    @Test
    void aReactorThatThrowsIsReplacedAndToldOfItsPeersAgain() throws Exception {
        Talker server = network.started(1);
        Talker client = network.talker(2).listening();
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
        Talker node = network.started(1);
        node.router().close();
        assertThat(node.events.poll(30, TimeUnit.SECONDS)).isInstanceOf(Started.class);
        assertThat(node.events.poll(30, TimeUnit.SECONDS)).isEqualTo(new Stopping());
        assertThat(node.events).isEmpty();
    }

    @Test
    void closesEverythingWhenAPlaceIsInUse() throws Exception {
        Talker first = network.started(1);
        Talker second = network.talker(1).listening();
        assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("in use");
        assertThat(first.router().endpoints()).hasSize(1);
    }

    @Test
    void refusesTwoReactorsOnOneChannel() {
        Talker node = network.talker(1).listening();
        node.builder.reactor("twin", setup -> {
            setup.open(Talker.TALK);
            return event -> {};
        });
        assertThatThrownBy(node.builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("71")
                .hasMessageContaining("twin");
    }

    @Test
    void refusesAnInboundPeerBeyondTheCap() throws Exception {
        Talker server = network.talker(1).listening();
        server.builder.limits(RouterLimits.STANDARD.withPeers(1, 0));
        server.start();
        Talker first = network.startedWith(2, server);
        first.awaitUp();
        server.awaitUp();
        Talker second = network.startedWith(3, server);
        second.await(Started.class);
        first.router().close();
        server.awaitDown();
        assertThat(second.awaitUp().id()).isEqualTo(server.id());
        assertThat(server.router().peers().connected()).hasSizeLessThanOrEqualTo(1);
    }

    private static PeerRef awaitUp(BlockingQueue<ReactorEvent> events) throws InterruptedException {
        while (true) {
            if (events.poll(30, TimeUnit.SECONDS) instanceof PeerUp up) {
                return up.peer();
            }
        }
    }
}
