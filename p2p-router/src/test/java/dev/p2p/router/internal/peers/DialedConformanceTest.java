package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.GoVerbs.A;
import static dev.p2p.router.internal.peers.GoVerbs.B;
import static dev.p2p.router.internal.peers.GoVerbs.C;
import static dev.p2p.router.internal.peers.GoVerbs.D;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a dial that succeeded leads to, and who has to go for it: {@code TestPeerManager_Dialed…}. */
class DialedConformanceTest {

    @Test
    @DisplayName("PL-01 PL-02 PL-06: a connection that no dial stands for is refused")
    void aConnectionOfNoDialIsRefused() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        assertThat(peers.dialed(A)).isFalse();
        peers.add(A);
        assertThat(peers.dialAndConnect(A)).isTrue();
        assertThat(peers.dialed(A)).isFalse();
        peers.add(B);
        assertThat(peers.dialNext()).contains(B);
        assertThat(peers.accepted(B)).isTrue();
        // Both sides dialed at once: the connection that the smaller identity dialed stays, and that is B's own.
        assertThat(peers.dialed(B)).isFalse();
    }

    @Test
    @DisplayName("PL-03: two dials never share one slot")
    void twoDialsNeverShareOneSlot() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 0));
        peers.add(A);
        assertThat(peers.dialNext()).contains(A);
        peers.add(B);
        assertThat(peers.dialNext()).isEmpty();
        assertThat(peers.dialed(B)).isFalse();
        assertThat(peers.dialed(A)).isTrue();
    }

    @Test
    @DisplayName("PL-04 PL-05: a better peer is admitted beyond the bound; the next one waits until somebody has left")
    void theUpgradeSlotIsUsedOnce() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(2, 1).scored(Map.of(C, 1, D, 1)));
        peers.add(A);
        peers.add(B);
        assertThat(peers.dialNext()).isPresent();
        assertThat(peers.dialNext()).isPresent();
        assertThat(peers.dialed(A)).isTrue();
        assertThat(peers.dialed(B)).isTrue();
        peers.add(C);
        assertThat(peers.dialAndConnect(C)).isTrue();
        peers.add(D);
        assertThat(peers.dialNext()).isEmpty();
        assertThat(peers.dialed(D)).isFalse();
        assertThat(peers.tryEvictNext()).isPresent();
    }

    @Test
    @DisplayName("PL-07 PL-08: a peer that is about to be evicted is nobody else's victim")
    void whoLeavesIsNobodyElsesVictim() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 2).scored(Map.of(B, 1, C, 1)));
        peers.add(A);
        assertThat(peers.dialAndConnect(A)).isTrue();
        peers.add(B);
        assertThat(peers.dialAndConnect(B)).isTrue();
        peers.add(C);
        assertThat(peers.dialNext()).isEmpty();
        assertThat(peers.tryEvictNext()).contains(A);
    }

    @Test
    @DisplayName(
            "PL-09: whoever stands lowest when the better peer is there has to go, not who stood lowest at the dial")
    void theLowestAtTheEndGoes() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(2, 1).scored(Map.of(A, 3, B, 2, C, 10, D, 1)));
        peers.add(A);
        peers.add(B);
        peers.dialNext();
        peers.dialNext();
        peers.dialed(A);
        peers.dialed(B);
        peers.add(C);
        assertThat(peers.dialNext()).contains(C);
        peers.disconnected(A);
        peers.add(D);
        assertThat(peers.accepted(D)).isTrue();
        assertThat(peers.dialed(C)).isTrue();
        assertThat(peers.tryEvictNext()).contains(D);
    }

    @Test
    @DisplayName("PL-10: nobody is evicted when a slot became free meanwhile")
    void nobodyGoesWhenASlotIsFree() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(2, 1).scored(Map.of(A, 1, B, 2, C, 3)));
        peers.add(A);
        peers.add(B);
        peers.dialNext();
        peers.dialNext();
        peers.dialed(A);
        peers.dialed(B);
        peers.add(C);
        assertThat(peers.dialNext()).contains(C);
        peers.disconnected(B);
        assertThat(peers.dialed(C)).isTrue();
        assertThat(peers.tryEvictNext()).isEmpty();
    }
}
