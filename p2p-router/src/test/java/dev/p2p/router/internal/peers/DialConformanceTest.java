package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.GoVerbs.A;
import static dev.p2p.router.internal.peers.GoVerbs.B;
import static dev.p2p.router.internal.peers.GoVerbs.C;
import static dev.p2p.router.internal.peers.GoVerbs.D;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.store.AddressRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whom to dial, and what follows when that fails: {@code TestPeerManager_DialNext…}, {@code …DialFailed…}. */
class DialConformanceTest {

    @Test
    @DisplayName("PD-01 PD-02 PD-04: a known address is dialed once; an empty machine waits until one is added")
    void dialsAKnownAddressOnce() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        assertThat(peers.dialNext()).isEmpty();
        peers.add(A);
        assertThat(peers.dialNext()).contains(A);
        assertThat(peers.dialNext()).isEmpty();
    }

    @Test
    @DisplayName(
            "PD-03: the wait doubles from failure to failure up to its cap, and lies in the upper half of the span")
    void theWaitDoublesUpToItsCap() {
        GoVerbs peers = new GoVerbs(GoOptions.none().retrying(Duration.ofMillis(100), Duration.ofMillis(500)));
        peers.add(A);
        for (long span : new long[] {100, 200, 400, 500, 500, 500, 500}) {
            assertThat(peers.dialNext()).contains(A);
            peers.dialFailed(A);
            Instant failedAt = peers.now;
            Instant next = nextAttempt(peers);
            assertThat(Duration.between(failedAt, next).toMillis()).isBetween(span / 2, span);
            peers.now = next.minusMillis(1);
            assertThat(peers.dialNext()).isEmpty();
            peers.now = next;
        }
    }

    @Test
    @DisplayName("PD-05: a slot that a failed dial leaves goes to the next peer, not to the one that failed")
    void aFailedDialMakesRoomForTheNext() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 0));
        peers.add(A);
        assertThat(peers.dialNext()).contains(A);
        peers.add(B);
        assertThat(peers.dialNext()).isEmpty();
        peers.dialFailed(A);
        assertThat(peers.dialNext()).contains(B);
    }

    @Test
    @DisplayName(
            "PD-06: a lonely peer that failed is dialed at its instant and not before, whatever the jitter (1 000 seeds)")
    void aLonelyPeerIsDialedAtItsInstant() {
        for (int seed = 0; seed < 1_000; seed++) {
            BackOff backOff = new BackOff(Duration.ofMillis(200), Duration.ofMillis(200));
            Instant now = Instant.ofEpochSecond(seed);
            assertThat(Duration.between(now, backOff.next(1, now, new SplittableRandom(seed)))
                            .toMillis())
                    .isBetween(100L, 200L);
        }
        GoVerbs peers = new GoVerbs(GoOptions.none().retrying(Duration.ofMillis(200), Duration.ZERO));
        peers.add(A);
        peers.dialNext();
        peers.dialFailed(A);
        Instant next = nextAttempt(peers);
        peers.now = next.minusMillis(1);
        assertThat(peers.dialNext()).isEmpty();
        peers.now = next;
        assertThat(peers.dialNext()).contains(A);
    }

    @Test
    @DisplayName("PD-07: a peer whose inbound connection ended is dialed again once it has rested")
    void aPeerThatLeftIsDialedAgain() {
        GoVerbs peers = new GoVerbs(GoOptions.none().retrying(Duration.ofMillis(100), Duration.ZERO));
        peers.add(A);
        assertThat(peers.accepted(A)).isTrue();
        assertThat(peers.dialNext()).isEmpty();
        peers.disconnected(A);
        peers.now = nextAttempt(peers);
        assertThat(peers.dialNext()).contains(A);
    }

    @Test
    @DisplayName("PD-08: connections and dials in progress count together")
    void connectionsAndDialsCountTogether() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(2, 0));
        peers.add(A);
        assertThat(peers.dialAndConnect(A)).isTrue();
        peers.add(B);
        assertThat(peers.dialNext()).contains(B);
        peers.add(C);
        assertThat(peers.dialNext()).isEmpty();
    }

    @Test
    @DisplayName("PD-09 PD-10 PD-11: with an upgrade slot a better peer is dialed beyond the bound, but only one")
    void oneBetterPeerIsDialedBeyondTheBound() {
        GoVerbs peers =
                new GoVerbs(GoOptions.none().connected(2, 1).persistent(C, D).scored(Map.of(B, 1)));
        peers.add(A);
        assertThat(peers.dialAndConnect(A)).isTrue();
        peers.add(B);
        assertThat(peers.dialNext()).contains(B);
        peers.add(C);
        assertThat(peers.dialNext()).contains(C);
        peers.add(D);
        assertThat(peers.dialNext()).isEmpty();
        assertThat(peers.dialed(C)).isTrue();
        assertThat(peers.dialNext()).isEmpty();
    }

    @Test
    @DisplayName("PD-13: whoever is being dialed keeps its place although its connection is said to have ended")
    void aDialInProgressKeepsItsPlace() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 0));
        peers.add(A);
        assertThat(peers.dialNext()).contains(A);
        peers.disconnected(A);
        peers.add(B);
        assertThat(peers.dialNext()).isEmpty();
    }

    @Test
    @DisplayName("PD-14 PF-04 PF-05: one victim is reserved for one candidate, until that one has failed")
    void aVictimIsReservedForOneCandidate() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(1, 2).scored(Map.of(B, 1, C, 2)));
        peers.add(A);
        assertThat(peers.dialAndConnect(A)).isTrue();
        peers.add(B);
        assertThat(peers.dialNext()).contains(B);
        peers.add(C);
        assertThat(peers.dialNext()).isEmpty();
        peers.dialFailed(B);
        assertThat(peers.dialNext()).contains(C);
    }

    @Test
    @DisplayName("PD-15 PD-16 PD-17 PX-04: nobody is dialed who is being dialed or connected, in either direction")
    void nobodyIsDialedTwice() {
        GoVerbs peers = new GoVerbs(GoOptions.none().connected(2, 0));
        peers.add(A);
        assertThat(peers.dialNext()).contains(A);
        peers.add(NodeAddress.parse("tcp://" + A + "@10.0.0.1:1"));
        assertThat(peers.dialNext()).isEmpty();
        peers.disconnected(A);
        assertThat(peers.dialNext()).isEmpty();
        assertThat(peers.dialed(A)).isTrue();
        assertThat(peers.dialNext()).isEmpty();
        peers.add(B);
        assertThat(peers.accepted(B)).isTrue();
        assertThat(peers.dialNext()).isEmpty();
    }

    @Test
    @DisplayName("PD-18 PD-19: each address of each peer is tried once, and without retries never again")
    void everyAddressIsTriedOnce() {
        GoVerbs peers = new GoVerbs(GoOptions.none());
        Set<NodeAddress> all = Set.of(
                GoVerbs.address(A),
                NodeAddress.parse("tcp://" + A + "@10.0.0.1:1"),
                GoVerbs.address(B),
                NodeAddress.parse("tcp://" + B + "@[fd00::1]:1"));
        all.forEach(peers::add);
        Set<NodeAddress> dialed = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            NodeAddress next = peers.tryDialNext().orElseThrow();
            dialed.add(next);
            peers.dialFailed(next.id());
        }
        assertThat(dialed).isEqualTo(all);
        assertThat(peers.tryDialNext()).isEmpty();
    }

    @Test
    @DisplayName("PF-01 PF-02 PF-03: a failure that no dial stands for changes nothing")
    void aFailureOfNoDialChangesNothing() {
        GoVerbs peers = new GoVerbs(GoOptions.none().retrying(Duration.ofMillis(1), Duration.ZERO));
        peers.add(A);
        assertThat(peers.dialNext()).contains(A);
        assertThat(peers.dialFailed(A)).isTrue();
        assertThat(peers.dialFailed(A)).isFalse();
        assertThat(peers.dialFailed(B)).isFalse();
        assertThat(peers.peers()).containsExactly(A);
        assertThat(peers.manager.staleInputs()).isEqualTo(2);
        AddressRecord address = peers.remembered().getFirst().addresses().getFirst();
        assertThat(address.failures()).isEqualTo(1);
    }

    private static Instant nextAttempt(GoVerbs peers) {
        return peers.remembered()
                .getFirst()
                .addresses()
                .getFirst()
                .nextAttempt()
                .orElseThrow();
    }
}
