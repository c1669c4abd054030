package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long addresses are kept. With no slots at all, nobody is dialed but on request. */
class AddressLifeTest {

    private static final Source TOLD = new Source.Exchange(id(9));
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private MachineRig rig = new MachineRig(MachineRig.policy(4, 0));

    @Test
    @DisplayName("A-04: an address at which this node never was goes after a week without a word, and its peer with it")
    void hearsayLivesForAWeek() {
        hear(1);
        assertThat(rig.record(1).addresses().getFirst().expires()).contains(MachineRig.START.plus(DAY.multipliedBy(7)));
        rig.later(DAY.multipliedBy(7).minus(MOMENT));
        assertThat(rig.knows(1)).isTrue();
        assertThat(rig.manager.nextWake()).contains(rig.now.plus(MOMENT));
        List<Effect> effects = rig.later(MOMENT);
        assertThat(rig.knows(1)).isFalse();
        assertThat(deleted(effects)).containsExactly(id(1));
        assertThat(rig.count(decision -> decision.kind() == Decision.Kind.FORGOTTEN
                        && decision.reason().equals("expired")))
                .isOne();
        assertThat(rig.manager.nextWake()).isEmpty();
    }

    @Test
    @DisplayName("A-04: whoever tells of it again prolongs its life, but does not cause a write each time")
    void beingToldOfAgainProlongsALife() {
        hear(1);
        rig.later(Duration.ofHours(20));
        assertThat(MachineRig.saved(rig.apply(new Input.Learn(address(1), TOLD))))
                .isEmpty();
        rig.later(Duration.ofHours(2));
        assertThat(MachineRig.saved(rig.apply(new Input.Learn(address(1), TOLD))))
                .hasSize(1);
        assertThat(MachineRig.saved(rig.apply(new Input.Learn(address(1), TOLD))))
                .isEmpty();
        rig.later(DAY.multipliedBy(7).minus(MOMENT));
        assertThat(rig.knows(1)).isTrue();
        rig.later(MOMENT);
        assertThat(rig.knows(1)).isFalse();
    }

    @Test
    @DisplayName("A-04: an address that once worked lives for a month from the end of the last connection there")
    void whatOnceWorkedLivesForAMonth() {
        hear(1);
        PeerRef peer = connect(1);
        rig.later(DAY.multipliedBy(100));
        assertThat(rig.knows(1)).isTrue();
        rig.closed(peer);
        rig.later(DAY.multipliedBy(30).minus(MOMENT));
        assertThat(rig.record(1).addresses()).hasSize(1);
        rig.later(MOMENT);
        assertThat(rig.knows(1)).isFalse();
    }

    @Test
    @DisplayName("A-04: only the old address goes, its peer stays with the others, and the store is told")
    void onlyTheOldAddressGoes() {
        hear(1);
        connect(1);
        rig.closed(rig.manager.book().connections.find(id(1)).peer);
        NodeAddress other = NodeAddress.parse(id(1) + "@30.1.1.1:26656");
        rig.apply(new Input.Learn(other, TOLD));
        List<Effect> effects = rig.later(DAY.multipliedBy(7));
        assertThat(rig.record(1).addresses()).extracting(AddressRecord::address).containsExactly(address(1));
        assertThat(MachineRig.saved(effects)).containsExactly(rig.record(1));
        assertThat(rig.decisions)
                .anyMatch(decision -> decision.kind() == Decision.Kind.ADDRESS_FORGOTTEN
                        && decision.detail().equals(other.toString()));
    }

    @Test
    @DisplayName("A-04: who is connected, being dialed or banned is not forgotten for his age before that has ended")
    void whoIsInUseIsNotForgotten() {
        hear(1);
        hear(2);
        hear(3);
        PeerRef connected = connect(1);
        Effect.Dial dial =
                MachineRig.dials(rig.apply(new Input.Wish.Connect(id(2)))).getFirst();
        rig.apply(new Input.Wish.Ban(id(3), DAY.multipliedBy(10), "test"));
        rig.later(DAY.multipliedBy(9));
        assertThat(List.of(1, 2, 3)).allMatch(rig::knows);
        rig.later(DAY);
        assertThat(rig.knows(3)).isFalse();
        rig.later(DAY.multipliedBy(50));
        rig.dialFailed(dial);
        rig.later(MOMENT);
        assertThat(rig.knows(2)).isFalse();
        rig.closed(connected);
        rig.later(DAY.multipliedBy(29));
        assertThat(rig.knows(1)).isTrue();
    }

    @Test
    @DisplayName("A-04: what was configured, wanted or added by an operator is never forgotten for its age")
    void whatIsWantedIsKept() {
        rig = new MachineRig(MachineRig.policy(4, 0)
                .withFlags(Map.of(id(4), Set.of(PeerFlag.PRIVATE)))
                .withPersistent(List.of(address(1))));
        rig.apply(new Input.Learn(address(2), new Source.Configured()));
        rig.apply(new Input.Wish.Add(address(3), Set.of()));
        hear(4);
        hear(5);
        rig.apply(new Input.Wish.Add(address(5), Set.of()));
        hear(6);
        rig.apply(new Input.Learn(address(6), new Source.Configured()));
        rig.later(DAY.multipliedBy(1_000));
        assertThat(List.of(1, 2, 3, 4, 5, 6)).allMatch(rig::knows);
        rig.apply(new Input.Wish.Flag(id(4), Set.of()));
        assertThat(List.of(1, 2, 3, 5, 6))
                .allMatch(number -> rig.record(number).addresses().stream()
                        .allMatch(address -> address.expires().isEmpty()));
    }

    @Test
    @DisplayName(
            "A-04: a node that comes back after a long time has its old addresses for an hour, and keeps what is good")
    void aNodeThatComesBackHasAnHour() {
        hear(1);
        hear(2);
        List<PeerRecord> remembered = rig.manager.known();
        rig = new MachineRig(MachineRig.policy(4, 0), remembered, MachineRig.START.plus(DAY.multipliedBy(365)));
        assertThat(List.of(1, 2)).allMatch(rig::knows);
        rig.later(Expiry.GRACE.minus(MOMENT));
        assertThat(List.of(1, 2)).allMatch(rig::knows);
        hear(2);
        rig.later(MOMENT);
        assertThat(rig.knows(1)).isFalse();
        assertThat(rig.knows(2)).isTrue();
    }

    @Test
    @DisplayName("A-04: nine hundred addresses that die at once cost no input more than a few of them")
    void manyDeathsAtOnceAreSpread() {
        for (int i = 0; i < 900; i++) {
            hear(1_000 + i, new Source.Exchange(id(i)));
        }
        int known = rig.manager.size();
        assertThat(known).isGreaterThan(800);
        rig.now = rig.now.plus(DAY.multipliedBy(8));
        int inputs = 0;
        while (rig.manager.size() > 0) {
            int before = rig.manager.size();
            assertThat(deleted(rig.apply(new Input.Wake()))).hasSizeBetween(1, 64);
            assertThat(before - rig.manager.size()).isBetween(1, 64);
            assertThat(rig.manager.size() == 0
                            || !rig.manager.nextWake().orElseThrow().isAfter(rig.now))
                    .isTrue();
            inputs++;
        }
        assertThat(inputs).isEqualTo((known + 63) / 64);
    }

    @Test
    @DisplayName("JX-23: a clock that is set moves the ends of lives with it")
    void aClockThatIsSetMovesTheEnds() {
        hear(1);
        rig.later(DAY);
        rig.now = rig.now.plus(DAY.multipliedBy(3_650));
        rig.apply(new Input.ClockStepped(DAY.multipliedBy(3_650)));
        assertThat(rig.knows(1)).isTrue();
        rig.later(DAY.multipliedBy(6).minus(MOMENT));
        assertThat(rig.knows(1)).isTrue();
        rig.later(MOMENT);
        assertThat(rig.knows(1)).isFalse();
    }

    @Test
    @DisplayName("A-04: whoever came in and said of no place where he listens is remembered for a week")
    void whoHasNoAddressIsForgottenToo() {
        List<PeerRecord> remembered =
                List.of(PeerRecord.unknown(id(1), MachineRig.START).withLastConnected(MachineRig.START.plus(DAY)));
        rig = new MachineRig(MachineRig.policy(4, 0), remembered, MachineRig.START.plus(DAY));
        rig.later(DAY.multipliedBy(7).minus(MOMENT));
        assertThat(rig.knows(1)).isTrue();
        rig.later(MOMENT);
        assertThat(rig.knows(1)).isFalse();
    }

    @Test
    @DisplayName("A-12: addresses of an earlier release, without an end, live for a whole life from their reading on")
    void oldRecordsGetAnEnd() {
        PeerRecord old = PeerRecord.unknown(id(1), MachineRig.START)
                .withAddresses(List.of(
                        AddressRecord.heard(address(1), TOLD, MachineRig.START),
                        AddressRecord.heard(NodeAddress.parse(id(1) + "@30.1.1.1:26656"), TOLD, MachineRig.START)
                                .succeeded(MachineRig.START),
                        AddressRecord.heard(
                                NodeAddress.parse(id(1) + "@30.1.1.1:26657"),
                                new Source.Operator(),
                                MachineRig.START)));
        Instant now = MachineRig.START.plus(DAY);
        rig = new MachineRig(MachineRig.policy(4, 0), List.of(old), now);
        assertThat(rig.record(1).addresses())
                .extracting(record -> record.expires().orElse(null))
                .containsExactly(now.plus(DAY.multipliedBy(7)), now.plus(DAY.multipliedBy(30)), null);
    }

    private void hear(int number) {
        hear(number, TOLD);
    }

    private void hear(int number, Source source) {
        rig.apply(new Input.Learn(address(number), source));
    }

    private PeerRef connect(int number) {
        Effect.Dial dial =
                MachineRig.dials(rig.apply(new Input.Wish.Connect(id(number)))).getFirst();
        return rig.dialed(dial).orElseThrow();
    }

    private static List<NodeId> deleted(List<Effect> effects) {
        List<NodeId> deleted = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Persist(Change.Delete(var gone), var _)) {
                deleted.add(gone);
            }
        }
        return deleted;
    }
}
