package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.IpBlock;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.router.control.Ban;
import dev.p2p.router.control.Decision.Kind;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerEvents;
import dev.p2p.router.control.PeerState;
import dev.p2p.router.control.SlotClass;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees of a running node and orders it to do. */
class LiveControlTest {

    @RegisterExtension
    final TalkerNetwork network = new TalkerNetwork();

    @Test
    @DisplayName(
            "W29: an added peer is connected, shown with its traffic, explained, and written before the call returns")
    void anAddedPeerIsConnectedAndShown() throws Exception {
        Talker server = network.started(1);
        Talker client = network.started(2);
        assertThat(client.control().add(server.address(), Set.of(PeerFlag.PERSISTENT)))
                .isEqualTo(Outcome.DONE);
        assertThat(client.store.get(server.id()).orElseThrow().flags()).containsExactly(PeerFlag.PERSISTENT);
        client.awaitUp();
        KnownPeer peer = client.control().peer(server.id()).orElseThrow();
        assertThat(peer.state()).isEqualTo(PeerState.CONNECTED);
        assertThat(peer.connection().orElseThrow().slot()).isEqualTo(SlotClass.RESERVED);
        assertThat(peer.connection().orElseThrow().view()).isPresent();
        assertThat(client.control().peers())
                .containsExactly(client.control().peer(server.id()).orElseThrow());
        assertThat(client.control().explain(server.id()).why())
                .contains("dialed")
                .contains("reserved");
        assertThat(client.control().status().slots().getFirst().connected()).isEqualTo(1);
        assertThat(client.control().add(client.address(), Set.of())).isEqualTo(Outcome.OWN_ADDRESS);
    }

    @Test
    @DisplayName(
            "W29 JX-24: a ban ends the connection, is on disk when the call returns, holds in both directions and can be lifted")
    void aBanHoldsUntilItIsLifted() throws Exception {
        Talker server = network.started(1);
        Talker client = network.started(2);
        client.control().add(server.address(), Set.of());
        server.awaitUp();
        assertThat(server.control().ban(client.id(), Duration.ofHours(1), "bad-manners"))
                .isEqualTo(Outcome.DONE);
        assertThat(server.store.get(client.id()).orElseThrow().ban()).isPresent();
        server.awaitDown();
        assertThat(server.control().connect(client.id())).isEqualTo(Outcome.BANNED);
        assertThat(server.control().bans()).singleElement().isInstanceOfSatisfying(Ban.OfPeer.class, ban -> {
            assertThat(ban.id()).isEqualTo(client.id());
            assertThat(ban.mark().reason()).isEqualTo("bad-manners");
        });
        assertThat(server.control().unban(client.id())).isEqualTo(Outcome.DONE);
        assertThat(client.control().connect(server.id())).isIn(Outcome.DONE, Outcome.UNCHANGED);
        server.awaitUp();
    }

    @Test
    @DisplayName("W29: a banned range is on disk when the call returns")
    void aBannedRangeIsOnDisk() throws Exception {
        Talker node = network.started(1);
        IpBlock block = IpBlock.parse("192.0.2.0/24");
        assertThat(node.control().ban(block, Duration.ofDays(400_000), "test")).isEqualTo(Outcome.DONE);
        assertThat(node.store.blocks()).containsOnlyKeys(block);
        assertThat(node.control().bans()).hasSize(1);
        assertThat(node.control().unban(block)).isEqualTo(Outcome.DONE);
        assertThat(node.control().unban(block)).isEqualTo(Outcome.UNCHANGED);
        assertThat(node.store.blocks()).isEmpty();
    }

    @Test
    @DisplayName("W29: traffic is told for each channel, the store tells of itself, and plans have their time")
    void trafficStoreAndPlansAreTold() throws Exception {
        Talker server = network.talker(1).listening().greeting().start();
        Talker client = network.talker(2).greeting().start();
        client.control().add(server.address(), Set.of(PeerFlag.PERSISTENT));
        client.await(Received.class);
        server.await(Received.class);

        assertThat(client.control().channels(server.id())).singleElement().satisfies(channel -> {
            assertThat(channel.name()).isEqualTo("talk");
            assertThat(channel.bytesOut()).isEqualTo(7);
            assertThat(channel.messagesOut()).isEqualTo(1);
            assertThat(channel.dropped()).isZero();
            assertThat(channel.outbound().messages()).isZero();
            assertThat(channel.inbound().maxMessages())
                    .isEqualTo(Talker.TALK.inbound().messages());
        });
        assertThat(client.control().channels(client.id())).isEmpty();
        assertThat(client.control().store().failure()).isEmpty();
        assertThat(client.control().store().stats().approximatePeers()).isEqualTo(1);
        assertThat(client.control().status().absent()).isZero();
        try (PeerEvents events = client.control().subscribe(100)) {
            server.router().close();
            Talker.await(events, Kind.DISCONNECTED);
        }
        assertThat(client.control().status().absent()).isEqualTo(1);
        assertThat(client.control().status().plans())
                .first()
                .satisfies(plan -> assertThat(plan.what()).isEqualTo("dial of a wanted peer"));
    }
}
