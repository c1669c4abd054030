package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.closes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.router.control.SlotClass;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One outbound connection, one inbound one, one newcomer. */
class InboundCapTest {

    private final MachineRig rig =
            new MachineRig(MachineRig.policy(0, 0).withCaps(new Caps(1, 2, 1, 0, 1, Caps.UNLIMITED)));

    /** A random life had to last eighty million steps to find this. */
    @Test
    @DisplayName(
            "A-02: who comes in while he is dialed in an outbound peer's place gets no inbound slot that is not there")
    void aPlaceOfTheOtherDirectionIsNoInboundSlot() {
        PeerRef worse = rig.connect(1);
        assertThat(admitted(rig.comesIn(10))).isPresent();
        rig.later(Duration.ofDays(1));
        rig.apply(new Input.Reported(worse, PeerError.penalise("test", 30)));
        assertThat(rig.learn(2)).as("a dial that will replace the worse one").hasSize(1);

        List<Effect> effects = rig.comesIn(2);

        assertThat(rig.manager.book().slots.staying(SlotClass.INBOUND)).isEqualTo(1);
        assertThat(rig.manager.book().slots.live(SlotClass.NEWCOMER)).isEqualTo(1);
        assertThat(admitted(effects)).isPresent();
        assertThat(closes(effects)).isEmpty();
    }
}
