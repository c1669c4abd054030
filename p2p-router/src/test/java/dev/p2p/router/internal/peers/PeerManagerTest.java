package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static dev.p2p.router.internal.peers.MachineRig.onlyDial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.router.control.Decision.Kind;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The machine as a whole: it explains itself, and it stops. */
class PeerManagerTest {

    @Test
    @DisplayName("W29: every refusal and delay is explained by its decision")
    void everythingIsExplained() {
        MachineRig rig = new MachineRig(MachineRig.policy(1, 1));
        assertThat(rig.manager.explain(id(1), rig.now).why()).contains("Nothing is known");
        rig.dialFailed(rig.learn(1).getFirst());
        assertThat(rig.manager.explain(id(1), rig.now).why())
                .contains("failed 1 times")
                .contains("dial-timeout");
        assertThat(rig.manager.explain(id(1), rig.now).next().orElseThrow().at())
                .isEqualTo(rig.record(1).addresses().getFirst().nextAttempt());
        rig.wish(new Input.Wish.Ban(id(1), Duration.ofHours(1), "bad-manners"));
        assertThat(rig.manager.explain(id(1), rig.now).why()).contains("banned").contains("bad-manners");
        admitted(rig.comesIn(2)).orElseThrow();
        assertThat(rig.manager.explain(id(2), rig.now).why()).contains("came by itself");
        assertThat(rig.manager.history(id(1), 10))
                .extracting(decision -> decision.kind())
                .containsExactly(Kind.BANNED, Kind.DIAL_FAILED, Kind.DIAL);
    }

    @Test
    void closesEverythingAndDialsNothingAfterTheStop() {
        MachineRig rig = MachineRig.persistent(1);
        PeerRef peer = rig.dialed(onlyDial(rig.atStart)).orElseThrow();
        assertThat(rig.apply(new Input.Stop())).contains(new Effect.Close(peer, Reason.SHUTDOWN));
        assertThat(dials(rig.apply(new Input.Closed(peer, Reason.SHUTDOWN)))).isEmpty();
        assertThat(rig.manager.nextWake()).isEmpty();
    }
}
