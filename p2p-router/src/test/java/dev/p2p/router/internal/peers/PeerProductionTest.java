package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.closes;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static dev.p2p.router.internal.peers.MachineRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Direction;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision.Kind;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.SlotClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What Tendermint's tests miss: dialing, slots, replacement and memory in the production profile. */
class PeerProductionTest {

    @Test
    @DisplayName("JX-03: ten thousand failing addresses need one wake-up")
    void manyFailingAddressesNeedOneWakeUp() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 12).withCaps(0, 12, 20_000));
        List<Effect.Dial> dials = new ArrayList<>();
        for (int i = 1_000; i < 11_000; i++) {
            dials.addAll(rig.learn(i));
        }
        int failed = 0;
        while (failed < 10_000) {
            List<Effect.Dial> next = new ArrayList<>();
            for (Effect.Dial dial : dials) {
                next.addAll(dials(rig.dialFailed(dial)));
                failed++;
            }
            next.addAll(dials(rig.later(Duration.ofMillis(500))));
            dials = next;
        }
        assertThat(rig.manager.nextWake()).isPresent();
        assertThat(rig.manager.book().schedule.waiting()
                        + rig.manager.book().schedule.ready())
                .isGreaterThan(9_900);
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
            "JX-06 SC-06: a peer that does not fit is dialed again when its mark has ended or it announces another address")
    void aPeerThatDoesNotFitIsLeftAlone() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 2));
        Effect.Dial dial = rig.learn(1).getFirst();
        rig.apply(new Input.HandshakeFailed(dial.attempt(), Optional.of(id(1)), Reason.WRONG_NETWORK, ""));
        assertThat(dials(rig.later(Duration.ofMinutes(59)))).isEmpty();
        NodeAddress other = NodeAddress.parse(id(1) + "@21.1.1.1:26656");
        assertThat(dials(rig.apply(new Input.Learn(other, new Source.Exchange(id(9))))))
                .extracting(Effect.Dial::address)
                .containsExactly(other);
    }

    @Test
    @DisplayName("JX-07: a peer that is refused keeps its back-off")
    void aRefusedPeerKeepsItsBackOff() {
        MachineRig rig = new MachineRig(MachineRig.policy(1, 2));
        rig.dialFailed(rig.learn(1).getFirst());
        AddressRecord before = rig.record(1).addresses().getFirst();
        admitted(rig.comesIn(2)).orElseThrow();
        assertThat(refused(rig.comesIn(1), Reason.FULL)).isTrue();
        assertThat(rig.record(1).addresses().getFirst()).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "JX-11: two sides that dial each other keep the same one connection, however their handshakes interleave")
    void bothSidesKeepTheSameConnection() {
        SimultaneousDial.forEachInterleaving(
                outcome -> assertThat(outcome.kept()).as(outcome.toString()).hasSize(1));
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
    @DisplayName("JX-23: setting the clock by an hour changes neither back-off nor what is written in the long run")
    void aClockStepChangesNoInterval() {
        for (Duration by : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
            MachineRig rig = new MachineRig(MachineRig.policy(8, 2));
            rig.dialFailed(rig.learn(1).getFirst());
            PeerRef peer = admitted(rig.comesIn(2)).orElseThrow();
            Duration before = Duration.between(rig.now, rig.manager.nextWake().orElseThrow());
            rig.now = rig.now.plus(by);
            assertThat(dials(rig.apply(new Input.ClockStepped(by)))).isEmpty();
            assertThat(Duration.between(rig.now, rig.manager.nextWake().orElseThrow()))
                    .isEqualTo(before);
            rig.later(Duration.ofSeconds(10));
            rig.closed(peer);
            assertThat(rig.record(2).lastConnected()).contains(rig.now);
        }
    }

    @Test
    @DisplayName("JX-23: what a wrong clock wrote does not keep a peer waiting for ever")
    void aWrongClockIsForgiven() {
        Instant future = Instant.ofEpochSecond(2_000_000_000);
        PeerRecord wrong = PeerRecord.unknown(id(1), future)
                .withLastConnected(future)
                .withAddresses(List.of(AddressRecord.heard(address(1), new Source.Operator(), future)
                        .failed(future)));
        MachineRig rig = new MachineRig(MachineRig.policy(8, 2), List.of(wrong));
        assertThat(rig.record(1).lastConnected()).contains(rig.now);
        assertThat(Duration.between(rig.now, rig.manager.nextWake().orElseThrow()))
                .isLessThan(Duration.ofHours(2));
    }

    @Test
    @DisplayName("JX-24: a ban survives a restart, ends on time and can be lifted")
    void aBanSurvivesARestart() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 2));
        rig.wish(new Input.Wish.Ban(id(1), Duration.ofHours(1), "test"));
        MachineRig next = new MachineRig(MachineRig.policy(8, 2), rig.manager.known());
        assertThat(refused(next.comesIn(1), Reason.BANNED)).isTrue();
        assertThat(next.wish(new Input.Wish.Unban(id(1)))).isEqualTo(Outcome.DONE);
        assertThat(admitted(next.comesIn(1))).isPresent();
        MachineRig third = new MachineRig(MachineRig.policy(8, 2), rig.manager.known());
        third.later(Duration.ofHours(1));
        assertThat(admitted(third.comesIn(1))).isPresent();
    }

    @Test
    @DisplayName("JX-25: after a storm of failures dials begin at a bounded rate and not in step")
    void dialsNeverRunInStep() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 30));
        Set<Instant> instants = new HashSet<>();
        List<Effect.Dial> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            open.addAll(rig.learn(600 + i));
        }
        int dialed = open.size();
        int seconds = 0;
        while (seconds < 120) {
            List<Effect.Dial> next = new ArrayList<>();
            for (Effect.Dial dial : open) {
                rig.dialFailed(dial);
                rig.record((int) dial.address().id().high())
                        .addresses()
                        .getFirst()
                        .nextAttempt()
                        .ifPresent(instants::add);
            }
            next.addAll(dials(rig.later(Duration.ofSeconds(1))));
            seconds++;
            dialed += next.size();
            open = next;
            assertThat(next.size())
                    .isLessThanOrEqualTo(rig.manager.book().policy.pace().dialBurst());
        }
        assertThat(dialed).isLessThan(32 + 20 * 120);
        assertThat(instants.size()).isGreaterThan(dialed * 9 / 10);
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

    @Test
    @DisplayName("JX-28: ten thousand failures in a row neither shorten the wait nor make it negative")
    void manyFailuresNeverShortenTheWait() {
        BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofMinutes(5));
        long before = 0;
        for (int failures = 1; failures <= 10_000; failures++) {
            long span = backOff.spanMillis(failures);
            assertThat(span).isBetween(before, Duration.ofMinutes(5).toMillis());
            before = span;
        }
        assertThat(before).isEqualTo(Duration.ofMinutes(5).toMillis());
        assertThat(new BackOff(Duration.ofDays(300), Duration.ofDays(36_500)).spanMillis(10_000))
                .isEqualTo(Duration.ofDays(36_500).toMillis());
    }
}
