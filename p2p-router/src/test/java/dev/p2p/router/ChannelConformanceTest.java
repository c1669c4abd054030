package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.testkit.transport.Poll;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Channels that a node has and its peer may lack, on whole nodes of one in-process network. */
class ChannelConformanceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TalkerNetwork network = new TalkerNetwork();

    @Test
    @DisplayName("RT-04: a node tells of all its channels, and none of them is opened twice")
    void aNodeTellsOfItsChannels() {
        Talker node = network.talker(1);
        new SideChannel(node, SideChannel.SECOND);
        Router built = network.add(node.builder.build());
        assertThat(built.self().channels()).containsExactlyInAnyOrder(Talker.TALK.id(), SideChannel.SECOND.id());
        Talker twice = network.talker(2);
        new SideChannel(twice, SideChannel.SECOND);
        new SideChannel(twice, ChannelDescriptor.of(0x09, "twin", StringValue.parser()));
        assertThatThrownBy(twice.builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("09")
                .hasMessageContaining("twin");
    }

    @Test
    @DisplayName("RT-26: no channel can be opened once the node is built")
    void channelsAreSealed() {
        AtomicReference<ReactorSetup> kept = new AtomicReference<>();
        network.add(Router.builder(Talker.key(9), "test")
                .transport(network.provider())
                .reactor("keeps", setup -> {
                    kept.set(setup);
                    return event -> {};
                })
                .build());
        assertThatThrownBy(() -> kept.get().open(Talker.TALK)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName(
            "RT-15a RT-18a PR-04: who shakes hands comes up on both sides, with the channels that it has and no other")
    void whoComesUpIsToldWithItsChannels() throws Exception {
        Talker server = network.talker(1).listening();
        new SideChannel(server, SideChannel.SECOND);
        server.start();
        Talker client = network.talker(2);
        new SideChannel(client, SideChannel.THIRD);
        client.seeded(server).start();
        assertThat(server.await(PeerUp.class).info().channels())
                .contains(Talker.TALK.id(), SideChannel.THIRD.id())
                .doesNotContain(SideChannel.SECOND.id());
        assertThat(client.await(PeerUp.class).info().channels())
                .contains(Talker.TALK.id(), SideChannel.SECOND.id())
                .doesNotContain(SideChannel.THIRD.id());
    }

    @Test
    @DisplayName(
            "RT-22 MC-02 MC-11: a send on a channel that the peer lacks says so, and the connection carries the others on")
    void aChannelThatThePeerLacksIsSaid() throws Exception {
        Talker server = network.started(1);
        Talker client = network.talker(2);
        SideChannel lacking = new SideChannel(client, SideChannel.SECOND);
        client.seeded(server).start();
        PeerRef peer = client.awaitUp();
        server.awaitUp();
        assertThat(client.channel().send(peer, StringValue.of("one"))).isEqualTo(SendResult.QUEUED);
        assertThat(lacking.channel().send(peer, StringValue.of("lost"))).isEqualTo(SendResult.NO_CHANNEL);
        assertThat(client.channel().send(peer, StringValue.of("two"))).isEqualTo(SendResult.QUEUED);
        assertThat(server.hear(2)).containsExactly("one", "two");
        assertThat(server.router().peers().connected())
                .singleElement()
                .satisfies(view -> assertThat(view.traffic().dropped()).isZero());
    }

    @Test
    @DisplayName("RT-21: a peer without a common channel is refused on both sides, and who came in is not remembered")
    void aPeerWithoutACommonChannelIsNotStored() throws Exception {
        Talker server = network.started(1);
        Talker client = network.talker(2, SideChannel.SECOND);
        client.seeded(server).start();
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
}
