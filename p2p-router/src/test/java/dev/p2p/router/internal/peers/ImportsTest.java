package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.closes;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.PeerRef;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an operator brings to a running node. */
class ImportsTest {

    private final MachineRig rig = new MachineRig(MachineRig.policy(8, 0));

    private static PeerRecord heard(int number) {
        return PeerRecord.unknown(id(number), MachineRig.START)
                .withAddresses(List.of(AddressRecord.heard(address(number), new Source.Operator(), MachineRig.START)));
    }

    private static PeerRecord reached(int number, Duration ago) {
        return PeerRecord.unknown(id(number), MachineRig.START)
                .withAddresses(List.of(AddressRecord.heard(address(number), new Source.Operator(), MachineRig.START)
                        .succeeded(MachineRig.START.minus(ago))));
    }

    private static HistoryEvent event(Duration ago, String reason) {
        return new HistoryEvent(MachineRig.START.minus(ago), HistoryEvent.Kind.PENALISED, reason, "");
    }

    private Outcome takeIn(PeerRecord record, MergeRule rule) {
        return rig.wish(new Input.Wish.TakeIn(new PeerMemory(record), rule));
    }

    private Outcome rehearse(PeerRecord record, MergeRule rule) {
        return rig.manager.rehearse(new PeerMemory(record), rule, rig.now);
    }

    @Test
    void aRehearsalTellsTheSameAndChangesNothing() {
        PeerRecord told = heard(1);

        assertThat(rehearse(told, MergeRule.KEEP)).isEqualTo(Outcome.DONE);
        assertThat(rig.knows(1)).isFalse();
        assertThat(takeIn(told, MergeRule.KEEP)).isEqualTo(Outcome.DONE);
        assertThat(rig.record(1)).isEqualTo(told);
        assertThat(rehearse(told, MergeRule.KEEP)).isEqualTo(Outcome.UNCHANGED);
        assertThat(takeIn(told, MergeRule.KEEP)).isEqualTo(Outcome.UNCHANGED);
        PeerRecord worse = told.withReputation(-3, MachineRig.START);
        assertThat(takeIn(worse, MergeRule.KEEP)).isEqualTo(Outcome.UNCHANGED);
        assertThat(takeIn(worse, MergeRule.REPLACE)).isEqualTo(Outcome.UPDATED);
        assertThat(rig.record(1).reputation()).isEqualTo(-3);
    }

    @Test
    void aNewPeersPastIsWrittenWithItOldestFirst() {
        List<HistoryEvent> past = List.of(event(Duration.ofHours(1), "late"), event(Duration.ofHours(2), "early"));

        List<Effect> effects = rig.apply(new Input.Wish.TakeIn(new PeerMemory(heard(1), past), MergeRule.KEEP));

        assertThat(effects)
                .contains(
                        new Effect.Persist(new Change.Put(heard(1)), Durability.SYNC),
                        new Effect.Persist(new Change.Append(id(1), past.get(0)), Durability.SYNC))
                .containsSubsequence(
                        new Effect.Persist(new Change.Append(id(1), past.get(1)), Durability.SYNC),
                        new Effect.Persist(new Change.Append(id(1), past.get(0)), Durability.SYNC));
    }

    @Test
    void aPastIsReplacedAsAWholeOrNotAtAll() {
        takeIn(heard(1), MergeRule.KEEP);
        PeerMemory told = new PeerMemory(heard(1), List.of(event(Duration.ofHours(1), "late")));

        assertThat(rig.wish(new Input.Wish.TakeIn(told, MergeRule.KEEP))).isEqualTo(Outcome.UNCHANGED);
        assertThat(rig.apply(new Input.Wish.TakeIn(told, MergeRule.REPLACE)))
                .containsSubsequence(
                        new Effect.Persist(new Change.Delete(id(1)), Durability.SYNC),
                        new Effect.Persist(new Change.Put(heard(1)), Durability.SYNC),
                        new Effect.Persist(
                                new Change.Append(id(1), told.history().getFirst()), Durability.SYNC));
    }

    @Test
    void whatHappensOnlyLaterHappensNow() {
        Instant later = MachineRig.START.plus(Duration.ofDays(90_000));
        HistoryEvent event = new HistoryEvent(later, HistoryEvent.Kind.CONNECTED, "", "");
        PeerRecord told = heard(1).withLastConnected(later).withReputation(5, later);

        List<Effect> effects = rig.apply(new Input.Wish.TakeIn(new PeerMemory(told, List.of(event)), MergeRule.KEEP));

        HistoryEvent now = new HistoryEvent(MachineRig.START, HistoryEvent.Kind.CONNECTED, "", "");
        assertThat(effects).contains(new Effect.Persist(new Change.Append(id(1), now), Durability.SYNC));
        assertThat(rig.record(1).lastConnected()).contains(MachineRig.START);
        assertThat(rig.record(1).reputationAt()).isEqualTo(MachineRig.START);
    }

    @Test
    void aBanThatComesAlongEndsTheConnection() {
        MachineRig connected = new MachineRig(MachineRig.policy(8, 4));
        PeerRef peer = connected.connect(1);
        Optional<Mark> ban = Optional.of(new Mark(MachineRig.START.plus(Duration.ofHours(5)), "spam"));

        List<Effect> effects =
                connected.apply(new Input.Wish.TakeIn(new PeerMemory(heard(1).withBan(ban)), MergeRule.KEEP));

        assertThat(closes(effects)).extracting(Effect.Close::peer).containsExactly(peer);
        assertThat(connected.record(1).ban()).isEqualTo(ban);
        assertThat(connected.count(decision -> decision.kind() == Decision.Kind.BANNED))
                .isEqualTo(1);
    }

    @Test
    void aPlaceWhereNobodyCanBeIsRefusedAndASoundOneBesideItIsTaken() {
        NodeAddress nowhere = NodeAddress.of(id(1), new NetEndpoint("tcp", MachineRig.ip(1), 0));
        AddressRecord bad = AddressRecord.heard(nowhere, new Source.Operator(), MachineRig.START);
        PeerRecord onlyBad = PeerRecord.unknown(id(1), MachineRig.START).withAddresses(List.of(bad));
        PeerRecord both = onlyBad.withAddresses(
                List.of(bad, AddressRecord.heard(address(1), new Source.Operator(), MachineRig.START)));

        assertThat(takeIn(onlyBad, MergeRule.KEEP)).isEqualTo(Outcome.UNUSABLE_ADDRESS);
        assertThat(rig.knows(1)).isFalse();
        assertThat(takeIn(both, MergeRule.KEEP)).isEqualTo(Outcome.DONE);
        assertThat(rig.record(1).addresses()).extracting(AddressRecord::address).containsExactly(address(1));
        assertThat(takeIn(heard(500), MergeRule.KEEP)).isEqualTo(Outcome.OWN_ADDRESS);
    }

    @Test
    void aFullTableMakesRoomOnlyForWhoIsWorthMore() {
        int most = rig.manager.book().policy.rules().maxPeers();
        for (int i = 0; i < most; i++) {
            assertThat(takeIn(heard(1_000 + i), MergeRule.KEEP)).isEqualTo(Outcome.DONE);
        }

        assertThat(takeIn(heard(1), MergeRule.KEEP)).isEqualTo(Outcome.NO_ROOM);
        assertThat(rehearse(reached(2, Duration.ofDays(1)), MergeRule.KEEP)).isEqualTo(Outcome.DONE);
        assertThat(takeIn(reached(2, Duration.ofDays(1)), MergeRule.KEEP)).isEqualTo(Outcome.DONE);
        assertThat(rig.manager.size()).isEqualTo(most);
        assertThat(takeIn(heard(3).withFlags(Set.of(PeerFlag.PERSISTENT)), MergeRule.KEEP))
                .isEqualTo(Outcome.DONE);
        assertThat(rig.manager.size()).isEqualTo(most + 1);
    }

    @Test
    void verifiedPeersGiveWayOnlyToVerifiedOnesThatAreWorthMore() {
        int most = rig.manager.book().policy.rules().maxVerified();
        for (int i = 0; i < most; i++) {
            takeIn(reached(1_000 + i, Duration.ofDays(3)), MergeRule.KEEP);
        }

        assertThat(takeIn(reached(1, Duration.ofDays(5)), MergeRule.KEEP)).isEqualTo(Outcome.NO_ROOM);
        assertThat(takeIn(reached(2, Duration.ofDays(1)), MergeRule.KEEP)).isEqualTo(Outcome.DONE);
        assertThat(rig.manager.book().table.verifiedCount()).isEqualTo(most);
        assertThat(takeIn(heard(3), MergeRule.KEEP)).isEqualTo(Outcome.DONE);
    }
}
