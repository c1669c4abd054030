package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.acts;
import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static dev.p2p.router.internal.peers.MachineRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Direction;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two connections with one peer: which one stays. */
class SecondConnectionTest {

    @Test
    void twoSidesThatDialEachOtherKeepTheSameConnection() {
        for (int peer : List.of(1, 900)) {
            MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
            Effect.Dial out = rig.learn(peer).getFirst();
            rig.knocks(100);
            rig.dialed(out).orElseThrow();
            boolean inboundStays = admitted(rig.handshaken(100, id(peer), Direction.INBOUND, peer))
                    .isPresent();
            // The one that the smaller identity dialed stays: with a smaller peer that is the inbound one.
            assertThat(inboundStays).isEqualTo(id(peer).compareTo(MachineRig.SELF) < 0);
        }
    }

    @Test
    @DisplayName(
            "JX-11: two sides that dial each other keep the same one connection, however their handshakes interleave")
    void bothSidesKeepTheSameConnection() {
        SimultaneousDial.forEachInterleaving(
                outcome -> assertThat(outcome.kept()).as(outcome.toString()).hasSize(1));
    }

    @Test
    void keepsTheOlderConnectionOnceItIsNotNewAnyMore() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        PeerRef old = rig.connect(1);
        rig.now = rig.now.plus(Duration.ofMinutes(1));
        rig.knocks(100);
        assertThat(acts(rig.handshaken(100, id(1), Direction.INBOUND, 1))).containsExactly(new Effect.Probe(old));
        assertThat(rig.apply(new Input.Probed(old, true))).contains(new Effect.Refuse(100, Reason.DUPLICATE));
    }

    @Test
    @DisplayName("JX-12: a peer that restarted and comes in replaces its dead connection, which is ended first")
    void aRestartedPeerReplacesItsDeadConnection() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 2));
        PeerRef old = rig.connect(1);
        rig.later(Duration.ofMinutes(1));
        assertThat(rig.comesIn(1)).contains(new Effect.Probe(old));
        List<Effect> effects = rig.apply(new Input.Probed(old, false));
        PeerRef next = admitted(effects).orElseThrow();
        assertThat(effects.indexOf(new Effect.Close(old, Reason.SILENT)))
                .isBetween(
                        0,
                        effects.indexOf(effects.stream()
                                .filter(Effect.Admit.class::isInstance)
                                .findFirst()
                                .orElseThrow()));
        assertThat(next.connection()).isGreaterThan(old.connection());
        assertThat(rig.closed(old)).noneMatch(Effect.Admit.class::isInstance);
        assertThat(rig.manager.book().connections.find(next)).isPresent();
    }

    @Test
    @DisplayName("JX-12: a connection that gives no answer at all is taken for dead")
    void noAnswerIsDeath() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 2));
        PeerRef old = rig.connect(1);
        rig.later(Duration.ofMinutes(1));
        rig.comesIn(1);
        rig.now = rig.manager.nextWake().orElseThrow();
        assertThat(admitted(rig.apply(new Input.Wake()))).isPresent();
        assertThat(rig.manager.book().connections.find(old)).isEmpty();
    }

    @Test
    @DisplayName("JX-13: a dial that turned out as a duplicate is not repeated before its time")
    void aDuplicateIsNotRepeatedAtOnce() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 2));
        Effect.Dial dial = rig.learn(1).getFirst();
        PeerRef in = admitted(rig.comesIn(1)).orElseThrow();
        assertThat(refused(rig.handshaken(dial.attempt(), id(1), Direction.OUTBOUND, 1), Reason.DUPLICATE))
                .isTrue();
        rig.closed(in);
        assertThat(dials(rig.apply(new Input.Wake()))).isEmpty();
        assertThat(rig.manager.nextWake().orElseThrow()).isAfter(rig.now);
    }
}
