package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import dev.p2p.router.StagedTransport.Staged;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.PeerState;
import dev.p2p.testkit.transport.Poll;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A node whose connections do what the test says, at an instant that never passes. */
class StagedConnectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final StagedTransport transport = new StagedTransport();
    private final RouterBuilder builder = Router.builder(NodeKey.ofSeed(new byte[32]), "test")
            .transport(transport)
            .clock(() -> NOW);
    private final List<Router> nodes = new ArrayList<>();

    @AfterEach
    void closesWithoutLeavingAThread() {
        nodes.forEach(Router::close);
        assertThat(nodes).allSatisfy(node -> assertThat(node.liveThreads()).isEmpty());
    }

    @Test
    @DisplayName("RT-18e: a dial that fails is made once, and the peer waits for the instant of its next one")
    void aFailedDialIsNotRepeatedAtOnce() throws Exception {
        NodeId peer = new NodeId(1, 1, 1);
        transport.fails(place("127.0.0.2"), new TransportException(Reason.CONNECTION_REFUSED, "nobody"));
        builder.persistentPeer(NodeAddress.of(peer, place("127.0.0.2")));
        Router node = start();
        assertThat(Poll.until(() -> failed(node, peer), PATIENCE)).isTrue();
        KnownPeer known = node.control().peer(peer).orElseThrow();
        assertThat(known.state()).isEqualTo(PeerState.BACKING_OFF);
        assertThat(transport.dialed()).containsExactly(place("127.0.0.2"));
        assertThat(node.endings()).isEqualTo(Map.of(Reason.CONNECTION_REFUSED, 1L));
    }

    @Test
    @DisplayName("RT-19: three peers are dialed beside each other, although no handshake comes to its end")
    void handshakesDoNotWaitForEachOther() throws Exception {
        List<Staged> hanging = new ArrayList<>();
        for (int i = 2; i <= 4; i++) {
            hanging.add(transport.connects(place("127.0.0." + i)));
            builder.persistentPeer(NodeAddress.of(new NodeId(i, i, i), place("127.0.0." + i)));
        }
        start();
        for (Staged each : hanging) {
            each.awaitShaking();
        }
        assertThat(hanging).noneMatch(Staged::closed);
        nodes.forEach(Router::close);
        assertThat(hanging).allMatch(Staged::closed);
    }

    @Test
    @DisplayName("RF-01: whoever comes from a banned range is refused before a handshake begins, and others are not")
    void aBannedRangeGetsNoHandshake() throws Exception {
        builder.listen(place("127.0.0.1"));
        Router node = start();
        node.control().ban(IpBlock.parse("192.0.2.0/24"), Duration.ofHours(1), "test");
        Staged banned = transport.knock(place("192.0.2.7"));
        Staged other = transport.knock(place("198.51.100.7"));
        banned.awaitClosed();
        other.awaitShaking();
        assertThat(banned.handshakes()).isZero();
        assertThat(other.closed()).isFalse();
        assertThat(node.endings()).isEqualTo(Map.of(Reason.BANNED, 1L));
    }

    @Test
    void aHandshakeThatEndsInAnErrorEndsItsConnectionAndNoOther() throws Exception {
        builder.listen(place("127.0.0.1"));
        Router node = start();
        Staged broken = transport.knockAndBreak(place("192.0.2.7"), new OutOfMemoryError("no direct memory"));
        broken.awaitShaking();
        broken.awaitClosed();
        Staged other = transport.knock(place("192.0.2.7"));
        other.awaitShaking();
        assertThat(Poll.until(() -> node.endings().equals(Map.of(Reason.INTERNAL_ERROR, 1L)), PATIENCE))
                .isTrue();
    }

    private static boolean failed(Router node, NodeId peer) {
        try {
            return node.control().history(peer, 10).stream()
                    .anyMatch(decision -> decision.kind() == Decision.Kind.DIAL_FAILED);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Router start() throws Exception {
        Router node = builder.build();
        nodes.add(node);
        node.start();
        return node;
    }

    private static NetEndpoint place(String ip) {
        return new NetEndpoint("tcp", InetAddress.ofLiteral(ip), 26_656);
    }
}
