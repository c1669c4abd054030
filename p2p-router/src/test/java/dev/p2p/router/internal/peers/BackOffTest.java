package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static dev.p2p.router.internal.peers.MachineRig.onlyDial;
import static dev.p2p.router.internal.peers.MachineRig.refused;
import static dev.p2p.router.internal.peers.MachineRig.saved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
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

/** When the machine dials again: waits after failures, and the pace of dials. */
class BackOffTest {

    @Test
    void backsOffExponentiallyWithJitterInsideTheCap() {
        BackOff backOff = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(1));
        SplittableRandom random = new SplittableRandom(1);
        for (int failures = 1; failures < 100; failures++) {
            long span = Math.min(60, 5L << Math.min(failures - 1, 20));
            Duration wait = Duration.between(MachineRig.START, backOff.next(failures, MachineRig.START, random));
            assertThat(wait)
                    .isBetween(
                            Duration.ofSeconds(span).dividedBy(2),
                            Duration.ofSeconds(span).plusMillis(1));
        }
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

    @Test
    void storesTheNextAttemptAsAnInstantAndDialsNotBefore() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        Effect.Dial dial = rig.learn(1).getFirst();
        List<Effect> failed = rig.dialFailed(dial);
        Instant next =
                saved(failed).getLast().addresses().getFirst().nextAttempt().orElseThrow();
        assertThat(rig.manager.nextWake()).contains(next);
        rig.now = next.minusMillis(1);
        assertThat(dials(rig.apply(new Input.Wake()))).isEmpty();
        rig.now = next;
        assertThat(dials(rig.apply(new Input.Wake()))).hasSize(1);
    }

    @Test
    void redialsAPersistentPeerSoonAfterAGoodConnectionBroke() {
        MachineRig rig = MachineRig.persistent(1);
        PeerRef peer = rig.dialed(onlyDial(rig.atStart)).orElseThrow();
        rig.now = rig.now.plus(Duration.ofMinutes(1));
        rig.apply(new Input.Closed(peer, Reason.NETWORK_FAILURE));
        assertThat(Duration.between(rig.now, rig.manager.nextWake().orElseThrow()))
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void backsOffFromAPeerThatEndsItsConnectionsAtOnce() {
        MachineRig rig = MachineRig.persistent(1);
        Effect.Dial dial = onlyDial(rig.atStart);
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 8; i++) {
            rig.closed(rig.dialed(dial).orElseThrow());
            Instant next = rig.manager.nextWake().orElseThrow();
            longest = Duration.between(rig.now, next);
            rig.now = next;
            dial = onlyDial(rig.apply(new Input.Wake()));
        }
        assertThat(longest).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void leavesAPeerOfAnotherNetworkAloneForAnHour() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        Effect.Dial dial = rig.learn(1).getFirst();
        PeerRecord marked = saved(rig.apply(
                        new Input.HandshakeFailed(dial.attempt(), Optional.of(id(1)), Reason.WRONG_NETWORK, "")))
                .getLast();
        assertThat(marked.incompatible().orElseThrow().reason()).isEqualTo("wrong-network");
        assertThat(dials(rig.later(Duration.ofMinutes(59)))).isEmpty();
        assertThat(dials(rig.later(Duration.ofMinutes(2)))).hasSize(1);
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
}
