package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.GoVerbs.A;
import static dev.p2p.router.internal.peers.GoVerbs.B;
import static dev.p2p.router.internal.peers.GoVerbs.C;
import static dev.p2p.router.internal.peers.GoVerbs.D;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may come in: {@code TestPeerManager_Accepted…}. */
class AcceptConformanceTest {

    @Test
    @DisplayName(
            "PI-01 PI-02 PI-03: everybody but this node itself may come in; who comes again replaces his old connection")
    void everybodyElseMayComeIn() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        assertThat(peers.accepted(GoVerbs.SELF)).isFalse();
        peers.add(A);
        assertThat(peers.accepted(A)).isTrue();
        assertThat(peers.accepted(A)).isTrue();
        assertThat(peers.tryEvictNext()).contains(A);
        assertThat(peers.accepted(B)).isTrue();
        assertThat(peers.peers()).containsExactly(A, B);
    }

    @Test
    @DisplayName("PI-04 PI-05: who comes in while being dialed makes the dial a duplicate")
    void aDialBecomesADuplicate() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        peers.add(C);
        assertThat(peers.dialNext()).contains(C);
        assertThat(peers.accepted(C)).isTrue();
        assertThat(peers.dialed(C)).isFalse();
        peers.add(D);
        assertThat(peers.dialAndConnect(D)).isTrue();
        peers.now = peers.now.plus(Duplicates.SIMULTANEOUS).plusMillis(1);
        assertThat(peers.accepted(D))
                .as("the old one is asked for a sign of life first")
                .isFalse();
    }

    @Test
    @DisplayName("PI-06: a full node lets nobody in")
    void aFullNodeLetsNobodyIn() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(2, 0));
        peers.add(A);
        assertThat(peers.dialAndConnect(A)).isTrue();
        assertThat(peers.accepted(B)).isTrue();
        peers.add(C);
        assertThat(peers.accepted(C)).isFalse();
    }

    @Test
    @DisplayName(
            "PI-07 PI-08 PI-09 PI-10: a better peer comes in beyond the bound, an equal one does not, and only one does")
    void aBetterPeerComesInBeyondTheBound() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 1).scored(Map.of(C, 1, D, 2)));
        peers.add(A);
        assertThat(peers.dialAndConnect(A)).isTrue();
        peers.add(B);
        assertThat(peers.accepted(B)).isFalse();
        peers.add(C);
        assertThat(peers.accepted(C)).isTrue();
        assertThat(peers.add(B)).isFalse();
        assertThat(peers.accepted(B)).isFalse();
        peers.add(D);
        assertThat(peers.accepted(D)).isFalse();
    }

    @Test
    @DisplayName(
            "PI-11 PI-12 PI-13: who replaced somebody is not replaced by an equal, nor is the one who leaves replaced twice")
    void nobodyIsReplacedTwice() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 2).scored(Map.of(B, 1, C, 1)));
        assertThat(peers.accepted(A)).isTrue();
        assertThat(peers.accepted(B)).isTrue();
        assertThat(peers.accepted(C)).isFalse();
        assertThat(peers.tryEvictNext()).contains(A);
        peers.disconnected(A);
        assertThat(peers.accepted(C)).isFalse();
    }

    @Test
    @DisplayName(
            "PI-14 PI-15 PI-16: a victim that is reserved for a dial is not another's, but the dialed peer may come in himself")
    void aReservedVictimIsNotAnothers() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 2).scored(Map.of(B, 1, C, 1)));
        assertThat(peers.accepted(A)).isTrue();
        peers.add(B);
        assertThat(peers.dialNext()).contains(B);
        peers.add(C);
        assertThat(peers.accepted(C)).isFalse();
        assertThat(peers.accepted(B)).isTrue();
        assertThat(peers.tryEvictNext()).contains(A);
        assertThat(peers.dialed(B)).isFalse();
    }
}
