package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.acts;
import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.closes;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static dev.p2p.router.internal.peers.MachineRig.onlyDial;
import static dev.p2p.router.internal.peers.MachineRig.saved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.PeerRecord;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a reactor's report about a peer leads to. */
class ReportsTest {

    @Test
    void letsAPeerGoWithoutHoldingItAgainstIt() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        PeerRef peer = rig.connect(1);
        assertThat(acts(rig.apply(new Input.Reported(peer, PeerError.release("served")))))
                .containsExactly(new Effect.Release(peer));
        PeerRecord after =
                saved(rig.apply(new Input.Closed(peer, Reason.REQUESTED))).getLast();
        assertThat(after.reputation()).isZero();
        assertThat(after.addresses()).singleElement().satisfies(record -> {
            assertThat(record.failures()).isZero();
            assertThat(record.nextAttempt()).contains(rig.now.plus(Duration.ofMinutes(2)));
        });
    }

    @Test
    void visitsAtOnceWhoCameToAskAndWasLetGo() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        PeerRef guest = admitted(rig.comesIn(1)).orElseThrow();
        rig.learn(1);
        rig.apply(new Input.Reported(guest, PeerError.release("served")));
        assertThat(dials(rig.apply(new Input.Closed(guest, Reason.REQUESTED))))
                .extracting(dial -> dial.address().id())
                .containsExactly(id(1));
    }

    @Test
    void doesNotLetAPersistentPeerGo() {
        MachineRig rig = MachineRig.persistent(1);
        PeerRef peer = rig.dialed(onlyDial(rig.atStart)).orElseThrow();
        assertThat(acts(rig.apply(new Input.Reported(peer, PeerError.release("served")))))
                .isEmpty();
    }

    @Test
    void aLateReleaseDoesNotTouchTheNextConnection() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        PeerRef first = rig.connect(1);
        rig.apply(new Input.Closed(first, Reason.NETWORK_FAILURE));
        PeerRef second = admitted(rig.comesIn(1)).orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(acts(rig.apply(new Input.Reported(first, PeerError.release("served")))))
                .isEmpty();
    }

    @Test
    void aReportAboutAnOldConnectionNeverClosesItsSuccessor() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        PeerRef old = admitted(rig.comesIn(1)).orElseThrow();
        rig.closed(old);
        admitted(rig.comesIn(1)).orElseThrow();
        assertThat(closes(rig.apply(new Input.Reported(old, PeerError.disconnect("late")))))
                .isEmpty();
    }

    @Test
    @DisplayName("JX-05: a report about somebody unknown makes no record, and is counted")
    void aReportAboutSomebodyUnknownMakesNoRecord() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 0));
        rig.apply(new Input.Reported(new PeerRef(id(1), 7), PeerError.penalise("late", 10)));
        assertThat(rig.knows(1)).isFalse();
        assertThat(rig.manager.staleInputs()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "JX-04 SC-04 SC-07 SC-08 SC-09: a penalty changes the order at once, for dialing, replacing and forgetting")
    void aPenaltyChangesTheOrderAtOnce() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 0));
        PeerRef one = admitted(rig.comesIn(1)).orElseThrow();
        admitted(rig.comesIn(2)).orElseThrow();
        PeerEntry first = rig.manager.book().find(id(1));
        PeerEntry second = rig.manager.book().find(id(2));
        assertThat(Ranking.standsAbove(second, first, 10, rig.now)).isFalse();
        rig.apply(new Input.Reported(one, PeerError.penalise("late", 10)));
        assertThat(Ranking.dialRank(first)).isGreaterThan(Ranking.dialRank(second));
        assertThat(Ranking.standsAbove(second, first, 10, rig.now)).isTrue();
        assertThat(Ranking.worth(first.record())).isLessThan(Ranking.worth(second.record()));
    }
}
