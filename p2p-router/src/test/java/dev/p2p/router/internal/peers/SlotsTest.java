package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.acts;
import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.closes;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static dev.p2p.router.internal.peers.MachineRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Direction;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.router.control.SlotClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who gets a slot when all are taken, and who has to go. */
class SlotsTest {

    @Test
    void admitsInboundPeersWithinTheCapHoweverManyKnock() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        for (int attempt = 100; attempt < 110; attempt++) {
            assertThat(acts(rig.knocks(attempt))).containsExactly(new Effect.Proceed(attempt));
        }
        assertThat(admitted(rig.handshaken(100, id(1), Direction.INBOUND, 1))).isPresent();
        PeerRef second =
                admitted(rig.handshaken(101, id(2), Direction.INBOUND, 2)).orElseThrow();
        assertThat(rig.handshaken(102, id(3), Direction.INBOUND, 3)).contains(new Effect.Refuse(102, Reason.FULL));
        assertThat(acts(rig.knocks(110))).containsExactly(new Effect.Refuse(110, Reason.FULL));
        rig.closed(second);
        assertThat(admitted(rig.handshaken(103, id(4), Direction.INBOUND, 4))).isPresent();
    }

    @Test
    @DisplayName(
            "JX-27 W33: where every slot is taken a newcomer is served for a while, then goes with a reason or gets a slot")
    void newcomersAreServed() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 0));
        for (int i = 1; i <= 7; i++) {
            admitted(rig.comesIn(i)).orElseThrow();
        }
        PeerRef newcomer = admitted(rig.comesIn(8)).orElseThrow();
        assertThat(refused(rig.comesIn(9), Reason.FULL)).isTrue();
        assertThat(closes(rig.later(Duration.ofSeconds(30)))).containsExactly(new Effect.Close(newcomer, Reason.FULL));
        rig.closed(newcomer);
        rig.later(Duration.ofMinutes(15));
        PeerRef second = admitted(rig.comesIn(9)).orElseThrow();
        List<Effect.Close> turnover = closes(rig.later(Duration.ofSeconds(30)));
        assertThat(turnover).hasSize(1).noneMatch(close -> close.peer().equals(second));
        assertThat(rig.manager
                        .peer(id(9), rig.now)
                        .orElseThrow()
                        .connection()
                        .orElseThrow()
                        .slot())
                .isEqualTo(SlotClass.INBOUND);
        assertThat(rig.manager.book().slots.uses())
                .allSatisfy(use -> assertThat(use.pending()).isZero());
    }

    @Test
    @DisplayName("W19: unconditional peers come in when all slots are taken, others do not")
    void unconditionalPeersComeIn() {
        MachineRig rig =
                new MachineRig(MachineRig.policy(1, 0).withFlags(Map.of(id(5), Set.of(PeerFlag.UNCONDITIONAL))));
        rig.wish(new Input.Wish.Add(address(5), Set.of()));
        admitted(rig.comesIn(1)).orElseThrow();
        assertThat(refused(rig.comesIn(2), Reason.FULL)).isTrue();
        assertThat(admitted(rig.comesIn(5))).isPresent();
    }

    @Test
    @DisplayName(
            "JX-16 A-13: two peers that change places all the time replace each other once in the agreed time at most")
    void replacementIsRare() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 1).withoutReservedSlots(1));
        PeerRef live = rig.connect(1);
        rig.learn(2).forEach(feeler -> rig.handshaken(feeler.attempt(), id(2), Direction.OUTBOUND, 2));
        int upgrades = 0;
        for (int minute = 0; minute < 60; minute++) {
            rig.apply(new Input.Reported(live, PeerError.penalise("late", 1)));
            List<Effect.Dial> dials = dials(rig.later(Duration.ofMinutes(1)));
            for (Effect.Dial dial : dials) {
                List<Effect> effects =
                        rig.handshaken(dial.attempt(), dial.address().id(), Direction.OUTBOUND, 1);
                Optional<PeerRef> next = admitted(effects);
                if (next.isPresent()) {
                    upgrades++;
                    for (Effect.Close close : closes(effects)) {
                        rig.closed(close.peer());
                    }
                    live = next.get();
                }
            }
        }
        assertThat(upgrades).isBetween(1, 6);
    }

    @Test
    @DisplayName("JX-26: when the limit is lowered the lowest ranked go, reserved ones never")
    void aLowerLimitEndsTheLowestRanked() {
        MachineRig rig = new MachineRig(MachineRig.policy(6, 0));
        List<PeerRef> in = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            in.add(admitted(rig.comesIn(i)).orElseThrow());
        }
        rig.wish(new Input.Wish.Flag(id(1), Set.of(PeerFlag.PROTECTED)));
        rig.apply(new Input.Reported(in.get(3), PeerError.penalise("late", 20)));
        List<Effect> effects = rig.apply(new Input.Wish.Limit(4, 0));
        assertThat(closes(effects)).containsExactly(new Effect.Close(in.get(3), Reason.FULL));
        assertThat(closes(rig.apply(new Input.Wish.Limit(4, 0)))).isEmpty();
    }
}
