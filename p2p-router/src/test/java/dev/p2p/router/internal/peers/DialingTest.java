package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static dev.p2p.router.internal.peers.MachineRig.onlyDial;
import static dev.p2p.router.internal.peers.MachineRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Direction;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.Reason;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision.Kind;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.SlotClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whom the machine dials. */
class DialingTest {

    @Test
    void dialsPersistentPeersAtTheStartAndRemembersThemSafely() {
        MachineRig rig = MachineRig.persistent(1);
        List<Effect> effects = rig.atStart;
        assertThat(dials(effects)).extracting(dial -> dial.address().id()).containsExactly(id(1));
        assertThat(effects)
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                Effect.Persist.class,
                                persist -> assertThat(persist.durability()).isEqualTo(Durability.SYNC)));
    }

    @Test
    void rememberedPeersAreDialedAfterARestart() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        rig.learn(1);
        MachineRig next = new MachineRig(MachineRig.policy(2, 2), List.of(rig.record(1)));
        assertThat(onlyDial(next.atStart).address().id()).isEqualTo(id(1));
    }

    @Test
    void dialsLearnedAddressesUpToTheOutboundCap() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        assertThat(rig.learn(1)).hasSize(1);
        assertThat(rig.learn(2)).hasSize(1);
        assertThat(rig.learn(3)).isEmpty();
    }

    @Test
    void fillsASlotThatBecameFree() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        Effect.Dial first = rig.learn(1).getFirst();
        rig.learn(2);
        rig.learn(3);
        List<Effect> effects = rig.apply(new Input.DialFailed(first.attempt(), Reason.CONNECTION_REFUSED, ""));
        assertThat(dials(effects)).extracting(dial -> dial.address().id()).containsExactly(id(3));
    }

    @Test
    @DisplayName("W13: the peers that were connected at the end of the last run are dialed first")
    void anchorsAreDialedFirst() {
        List<PeerRecord> remembered = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            AddressRecord verified =
                    AddressRecord.heard(address(i), new Source.Operator(), MachineRig.START.minusSeconds(90_000));
            verified = verified.succeeded(MachineRig.START.minusSeconds(3_600L * i));
            remembered.add(PeerRecord.unknown(id(i), MachineRig.START)
                    .withAddresses(List.of(verified))
                    .withLastConnected(MachineRig.START.minusSeconds(i == 40 || i == 45 ? 1 : 90_000)));
        }
        MachineRig rig = new MachineRig(MachineRig.policy(0, 2), remembered);
        assertThat(rig.manager.book().connections.attempts())
                .extracting(attempt -> attempt.address == null ? null : attempt.address.id())
                .containsExactlyInAnyOrder(id(40), id(45));
    }

    @Test
    @DisplayName("W13: a feeler verifies a heard address while all outbound slots are taken, and goes again")
    void aFeelerVerifiesAndGoes() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 1));
        rig.connect(1);
        Effect.Dial feeler = rig.learn(2).getFirst();
        assertThat(rig.manager.book().slots.pending(SlotClass.FEELER)).isEqualTo(1);
        assertThat(rig.learn(3)).isEmpty();
        List<Effect> effects = rig.handshaken(feeler.attempt(), id(2), Direction.OUTBOUND, 2);
        assertThat(refused(effects, Reason.REQUESTED)).isTrue();
        assertThat(rig.record(2).addresses().getFirst().lastSuccess()).contains(rig.now);
        assertThat(rig.count(one -> one.kind() == Kind.VERIFIED)).isEqualTo(1);
        assertThat(dials(rig.later(rig.manager.book().policy.pace().feelerEvery())))
                .extracting(dial -> dial.address().id())
                .containsExactly(id(3));
    }

    @Test
    @DisplayName("W13: at most two outbound connections go into one part of the network; the next waits for one to end")
    void outboundConnectionsAreSpread() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 4));
        List<Effect.Dial> open = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            NodeAddress neighbour = NodeAddress.parse(id(i) + "@20.9." + i + ".1:1");
            open.addAll(dials(rig.apply(new Input.Learn(neighbour, new Source.Operator()))));
        }
        assertThat(open).hasSize(2);
        assertThat(dials(rig.dialFailed(open.getFirst())))
                .extracting(dial -> dial.address().id())
                .containsExactly(id(3));
    }

    @Test
    @DisplayName("JX-14: a persistent peer is dialed while all outbound slots are taken")
    void aPersistentPeerHasASlotOfItsOwn() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 1));
        rig.connect(1);
        assertThat(rig.wish(new Input.Wish.Add(address(3), Set.of(PeerFlag.PERSISTENT))))
                .isEqualTo(Outcome.DONE);
        assertThat(rig.count(one -> one.kind() == Kind.DIAL && one.peer().equals(Optional.of(id(3)))))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("JX-15: a thousand dials that end together never make more than the bound")
    void theBoundHoldsWhateverEndsTogether() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 12));
        List<Effect.Dial> open = new ArrayList<>();
        for (int i = 1_000; i < 2_000; i++) {
            open.addAll(rig.learn(i));
        }
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1_000 && !open.isEmpty(); i++) {
            Effect.Dial dial = open.remove(random.nextInt(open.size()));
            List<Effect> effects = random.nextBoolean()
                    ? rig.dialFailed(dial)
                    : rig.handshaken(dial.attempt(), dial.address().id(), Direction.OUTBOUND, 1);
            open.addAll(dials(effects));
            open.addAll(dials(rig.later(Duration.ofMillis(100))));
            Slots slots = rig.manager.book().slots;
            assertThat(slots.used(SlotClass.OUTBOUND)).isLessThanOrEqualTo(12);
        }
        assertThat(rig.manager.book().slots.staying(SlotClass.OUTBOUND)).isEqualTo(12);
    }

    @Test
    void neverDialsItselfAgain() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        Effect.Dial dial = rig.learn(1).getFirst();
        rig.apply(new Input.HandshakeFailed(dial.attempt(), Optional.of(MachineRig.SELF), Reason.SELF, ""));
        assertThat(dials(rig.later(Duration.ofDays(1)))).isEmpty();
        assertThat(dials(rig.apply(new Input.Learn(address(1), new Source.Operator()))))
                .isEmpty();
    }
}
