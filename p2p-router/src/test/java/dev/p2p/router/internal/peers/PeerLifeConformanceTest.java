package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.GoVerbs.A;
import static dev.p2p.router.internal.peers.GoVerbs.B;
import static dev.p2p.router.internal.peers.GoVerbs.C;
import static dev.p2p.router.internal.peers.GoVerbs.D;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.Decision.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Options, the table, the end of connections and what others are told: the rest of Tendermint's peer manager tests. */
class PeerLifeConformanceTest {

    @Test
    @DisplayName("PO-11 PO-12 PO-14 PO-15: a back-off whose cap lies below its first span is refused, one at it is not")
    void aCapBelowTheFirstSpanIsRefused() {
        assertThatThrownBy(() -> new BackOff(Duration.ofSeconds(7), Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new BackOff(Duration.ofSeconds(5), Duration.ofSeconds(5)).spanMillis(9))
                .isEqualTo(5_000);
    }

    @Test
    @DisplayName("PO-13 PO-16: a cap without a first span is refused")
    void aCapWithoutAFirstSpanIsRefused() {
        assertThatThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("PO-01 PO-20: caps are wide numbers; the common ones are valid, negative ones are not")
    void capsAreWideNumbers() {
        assertThat(PeerPolicy.defaults(A).caps().total()).isGreaterThan(1 << 16);
        assertThatThrownBy(() -> Caps.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "PM-01 PM-05 PM-06: addresses come back after a restart; what is wanted of a peer comes from the configuration")
    void addressesComeBackAndWishesDoNot() {
        GoVerbs first = new GoVerbs(GoOptions.none().persistent(A));
        List<NodeAddress> all = List.of(
                NodeAddress.parse("tcp://" + A + "@127.0.0.1:26657/path"),
                GoVerbs.address(A),
                NodeAddress.parse("tcp://" + B + "@[fd80:b10c::2]:26657/path"),
                GoVerbs.address(B),
                NodeAddress.parse("tcp://" + C + "@host.domain:80"),
                GoVerbs.address(C));
        all.forEach(address -> assertThat(first.add(address)).isTrue());
        assertThat(Ranking.wanted(entry(first, A))).isTrue();
        GoVerbs second = new GoVerbs(GoOptions.none().persistent(B), first.remembered());
        assertThat(List.of(A, B, C))
                .allSatisfy(id -> assertThat(second.addresses(id)).isEqualTo(first.addresses(id)));
        assertThat(Ranking.wanted(entry(second, A))).isFalse();
        assertThat(Ranking.wanted(entry(second, B))).isTrue();
    }

    @Test
    @DisplayName("PM-07: a node whose identity changed does not know itself")
    void aNodeDoesNotKnowItself() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        PeerRecord self = PeerRecord.unknown(GoVerbs.SELF, peers.now);
        GoVerbs next = new GoVerbs(GoOptions.none(), List.of(self, PeerRecord.unknown(A, peers.now)));
        assertThat(next.remembered()).extracting(PeerRecord::id).containsExactly(A);
    }

    @Test
    @DisplayName(
            "PA-01 PA-02 PA-03 PA-05 PA-06: an address is added once; an impossible one and this node's own are not")
    void anAddressIsAddedOnce() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        NodeAddress tcp = NodeAddress.parse("tcp://" + A + "@127.0.0.1:26656");
        assertThat(peers.add(tcp)).isTrue();
        assertThat(peers.add(A)).isTrue();
        assertThat(peers.addresses(A)).containsExactly(tcp, GoVerbs.address(A));
        assertThat(peers.add(B)).isTrue();
        assertThat(peers.add(tcp)).isFalse();
        assertThat(peers.addresses(A)).hasSize(2);
        assertThat(peers.add(NodeAddress.parse("tcp://" + C + "@0.0.0.0:26656")))
                .isFalse();
        assertThat(peers.add(GoVerbs.SELF)).isFalse();
        assertThat(peers.peers()).containsExactly(A, B);
    }

    @Test
    @DisplayName("PA-04: in a full table the peer that nobody asked for makes room")
    void theUnwantedPeerMakesRoom() {
        GoVerbs peers = new GoVerbs(GoOptions.none().persistent(A, C).peers(2).connected(2, 0));
        peers.add(A);
        peers.add(B);
        assertThat(peers.add(C)).isTrue();
        assertThat(peers.peers()).containsExactly(A, C);
    }

    @Test
    @DisplayName("PE-01 PE-02 PE-03 PE-04 PE-07 PE-08 PE-09 PX-07: a reported connection is ended once")
    void aReportedConnectionIsEndedOnce() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        assertThat(peers.tryEvictNext()).isEmpty();
        assertThat(peers.accepted(A)).isTrue();
        assertThat(peers.tryEvictNext()).isEmpty();
        peers.errored(A);
        assertThat(peers.tryEvictNext()).contains(A);
        assertThat(peers.tryEvictNext()).isEmpty();
        peers.errored(A);
        assertThat(peers.tryEvictNext()).isEmpty();
    }

    @Test
    @DisplayName("PE-05: the lower one is ended when the better one was dialed and is there")
    void theLowerOneGoesForADialedOne() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 1).scored(Map.of(B, 1)));
        peers.accepted(A);
        peers.add(B);
        assertThat(peers.dialAndConnect(B)).isTrue();
        assertThat(peers.tryEvictNext()).contains(A);
    }

    @Test
    @DisplayName("PE-06: the lower one is ended when the better one came in")
    void theLowerOneGoesForOneThatCameIn() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 1).scored(Map.of(B, 1)));
        peers.accepted(A);
        assertThat(peers.accepted(B)).isTrue();
        assertThat(peers.tryEvictNext()).contains(A);
    }

    @Test
    @DisplayName("PX-01 PX-02 PX-03: the end of a connection is told once, and only if there was one")
    void theEndIsToldOnce() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        peers.disconnected(A);
        assertThat(peers.decisions).isEmpty();
        assertThat(peers.peers()).isEmpty();
        peers.accepted(A);
        peers.disconnected(A);
        assertThat(peers.isUp(A)).isFalse();
        assertThat(peers.decisions)
                .filteredOn(decision -> decision.kind() == Kind.DISCONNECTED)
                .hasSize(1);
    }

    @Test
    @DisplayName("PX-05 PX-06: a report about somebody who is not connected is forgotten")
    void aReportAboutNobodyIsForgotten() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        peers.errored(A);
        assertThat(peers.peers()).isEmpty();
        peers.add(A);
        peers.errored(A);
        assertThat(peers.accepted(A)).isTrue();
        assertThat(peers.tryEvictNext()).isEmpty();
    }

    @Test
    @DisplayName("PS-01 PS-02 PS-03 PS-04: what happens with a peer is told in order, in both directions")
    void whatHappensIsToldInOrder() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        peers.add(A);
        peers.accepted(A);
        peers.disconnected(A);
        assertThat(kinds(peers)).containsExactly(Kind.LEARNED, Kind.ADMITTED, Kind.DISCONNECTED);
        peers.decisions.clear();
        peers.add(B);
        peers.dialNext();
        peers.dialed(B);
        peers.errored(B);
        peers.disconnected(B);
        assertThat(kinds(peers))
                .containsExactly(Kind.LEARNED, Kind.DIAL, Kind.ADMITTED, Kind.CLOSED, Kind.DISCONNECTED);
        peers.decisions.clear();
        peers.add(C);
        peers.dialNext();
        peers.dialFailed(C);
        assertThat(kinds(peers)).containsExactly(Kind.LEARNED, Kind.DIAL, Kind.DIAL_FAILED);
    }

    @Test
    @DisplayName("AV-01 AV-02 AV-03 AV-04: as many addresses as asked for are told, never the asker's own")
    void asManyAsAskedForAreTold() {
        GoVerbs peers = new GoVerbs(GoOptions.none().scored(Map.of(A, 3, B, 2, C, 1)));
        List.of(A, B, C).forEach(peers::add);
        assertThat(peers.advertise(D, 100)).extracting(NodeAddress::id).containsExactlyInAnyOrder(A, B, C);
        assertThat(peers.advertise(A, 100)).extracting(NodeAddress::id).containsExactlyInAnyOrder(B, C);
        assertThat(peers.advertise(A, 0)).isEmpty();
        assertThat(peers.advertise(D, 2)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("AV-05 AV-07: this node's own address is told first, and takes nobody's place")
    void theOwnAddressIsToldFirst() {
        NodeAddress own = NodeAddress.parse("tcp://" + GoVerbs.SELF + "@[2a02:b10c::2]:26657");
        GoVerbs peers = new GoVerbs(GoOptions.none().reachedAt(own));
        assertThat(peers.advertise(D, 100)).containsExactly(own);
        peers.add(A);
        assertThat(peers.advertise(D, 100)).containsExactly(own, GoVerbs.address(A));
    }

    @Test
    @DisplayName("AV-06: a private peer is never told, and takes nobody's place")
    void aPrivatePeerIsNeverTold() {
        GoVerbs peers = new GoVerbs(GoOptions.none().hiding(A));
        List.of(A, B, C).forEach(peers::add);
        for (int i = 0; i < 20; i++) {
            assertThat(peers.advertise(D, 2)).extracting(NodeAddress::id).containsExactlyInAnyOrder(B, C);
        }
    }

    private static List<Kind> kinds(GoVerbs peers) {
        return peers.decisions.stream().map(decision -> decision.kind()).toList();
    }

    private static PeerEntry entry(GoVerbs peers, NodeId id) {
        PeerEntry entry = peers.manager.book().find(id);
        assertThat(entry).isNotNull();
        return entry;
    }
}
