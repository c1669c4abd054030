package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets what a reactor sends, on whole nodes of one in-process network. */
class MessageConformanceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TalkerNetwork network = new TalkerNetwork();

    @Test
    @DisplayName(
            "RT-01 RT-02: of eight nodes seven echo what one sends to each, and what it broadcasts, on its channel")
    void sevenNodesEcho() throws Exception {
        Talker hub = network.started(1);
        Set<NodeId> others = new HashSet<>();
        for (int i = 2; i <= 8; i++) {
            NodeKey key = Talker.key(i);
            Router echo = network.add(Router.builder(key, "test")
                    .transport(network.provider())
                    .seed(hub.address())
                    .reactor("echo", setup -> {
                        Channel<StringValue> channel = setup.open(Talker.TALK);
                        return event -> {
                            if (event instanceof Received<?>(var from, var _, StringValue text)) {
                                channel.send(from, text);
                            }
                        };
                    })
                    .build());
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
        List<SideChannel> sides = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Talker node = network.talker(i + 1).listening();
            sides.add(new SideChannel(node, SideChannel.SECOND));
            talkers.forEach(node::persistent);
            talkers.add(node.start());
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
            sides.get(i).channel().broadcast(StringValue.of("end"));
        }
        assertThat(a.hear(5)).containsExactlyInAnyOrder("bar", "to all", "end", "end", "end");
        assertThat(b.hear(4)).containsExactlyInAnyOrder("foo", "end", "end", "end");
        assertThat(c.hear(4)).containsExactlyInAnyOrder("to all", "end", "end", "end");
        assertThat(talkers.get(3).hear(4)).containsExactlyInAnyOrder("to all", "end", "end", "end");
        for (SideChannel side : sides) {
            assertThat(List.of(side.hear(), side.hear(), side.hear())).containsOnly("end");
            assertThat(side.received).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "RT-06 RT-08c RT-08e RT-08f: a message to a stranger, to oneself or to who has left is answered with that, and comes nowhere")
    void aMessageToNobodyIsAnswered() throws Exception {
        Talker server = network.started(1);
        Talker client = network.talker(2).seeded(server).start();
        Talker leaves = network.talker(3).seeded(server).start();
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
    @DisplayName("RT-10: a broadcast after a peer has left reaches the others")
    void aBroadcastReachesWhoIsLeft() throws Exception {
        Talker hub = network.started(1);
        List<Talker> others = List.of(
                network.talker(2).seeded(hub).start(),
                network.talker(3).seeded(hub).start(),
                network.talker(4).seeded(hub).start());
        for (Talker other : others) {
            hub.awaitUp();
            other.awaitUp();
        }
        others.getLast().router().close();
        hub.awaitDown();
        assertThat(hub.channel().broadcast(StringValue.of("to all")).queued()).isEqualTo(2);
        for (Talker other : others.subList(0, 2)) {
            assertThat(other.hear(1)).containsExactly("to all");
        }
    }

    @Test
    @DisplayName("RT-23 JX-40: what a reactor sends from inside its handler of a new peer arrives")
    void whatIsSentAtOnceArrives() throws Exception {
        Talker server = network.talker(1).listening().greeting().start();
        Talker client = network.talker(2).greeting().start();
        client.control().add(server.address(), Set.of());
        assertThat(server.await(Received.class).message()).isEqualTo(StringValue.of("hello"));
        assertThat(client.await(Received.class).message()).isEqualTo(StringValue.of("hello"));
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
}
