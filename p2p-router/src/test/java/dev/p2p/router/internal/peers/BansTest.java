package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.closes;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static dev.p2p.router.internal.peers.MachineRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.ChannelId;
import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bans of peers and of parts of the network: they hold, and they end. */
class BansTest {

    @Test
    void refusesABannedPeerUntilTheBanEnds() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        PeerRef peer = admitted(rig.comesIn(1)).orElseThrow();
        List<Effect> banned = rig.apply(new Input.Reported(peer, PeerError.ban("bad-manners", Duration.ofMinutes(5))));
        assertThat(banned).contains(new Effect.Close(peer, Reason.BANNED));
        assertThat(banned)
                .anyMatch(effect -> effect instanceof Effect.Persist(Change.Put put, Durability durability)
                        && put.peer().ban().isPresent()
                        && durability == Durability.SYNC);
        rig.apply(new Input.Closed(peer, Reason.BANNED));
        assertThat(refused(rig.comesIn(1), Reason.BANNED)).isTrue();
        rig.now = rig.now.plus(Duration.ofMinutes(6));
        assertThat(admitted(rig.comesIn(1))).isPresent();
    }

    @Test
    void bansAPeerWhosePenaltiesAddUpAndForgivesThemWithTime() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        PeerRef peer = admitted(rig.comesIn(1)).orElseThrow();
        rig.apply(new Input.Reported(peer, PeerError.penalise("late", 30)));
        rig.now = rig.now.plus(Duration.ofHours(2));
        assertThat(closes(rig.apply(new Input.Reported(peer, PeerError.penalise("late", 30)))))
                .isEmpty();
        assertThat(closes(rig.apply(new Input.Reported(peer, PeerError.penalise("late", 30)))))
                .containsExactly(new Effect.Close(peer, Reason.BANNED));
    }

    @Test
    void aBanThatIsOverIsCountedNoMore() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 2));
        rig.wish(new Input.Wish.Ban(id(1), Duration.ofHours(1), "test"));
        NodeInfo self = NodeInfo.of(MachineRig.SELF, "net", "self", "", "0.0.0.0:0", List.of(new ChannelId(0)));
        assertThat(rig.manager.status(self, rig.now, rig.now, 0).banned()).isOne();

        rig.later(Duration.ofHours(2));

        assertThat(rig.manager.bans(rig.now)).isEmpty();
        assertThat(rig.manager.status(self, rig.now, rig.now, 0).banned()).isZero();
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
    @DisplayName("W29: a banned range is refused in both directions until it is lifted")
    void aBannedRangeIsRefused() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 2));
        rig.apply(new Input.Learn(address(2), new Source.Operator()));
        PeerRef in = admitted(rig.comesIn(1)).orElseThrow();
        IpBlock block = IpBlock.around(MachineRig.ip(1), 8);
        List<Effect> effects = rig.apply(new Input.Wish.Block(block, Duration.ofHours(1), "test"));
        assertThat(effects).contains(new Effect.Close(in, Reason.BANNED));
        rig.closed(in);
        assertThat(refused(rig.comesIn(3), Reason.BANNED)).isTrue();
        assertThat(rig.learn(4)).isEmpty();
        assertThat(rig.manager.notLearned()).containsEntry("banned", 1L);
        assertThat(rig.wish(new Input.Wish.Add(address(4), Set.of()))).isEqualTo(Outcome.BANNED);
        assertThat(rig.wish(new Input.Wish.Unblock(block))).isEqualTo(Outcome.DONE);
        assertThat(admitted(rig.comesIn(3))).isPresent();
    }

    @Test
    @DisplayName("W29: a peer in a banned range is dialed when the ban has ended by itself")
    void aPeerInABannedRangeIsDialedAfterTheBan() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 2));
        rig.learn(2).forEach(rig::dialFailed);
        rig.apply(new Input.Wish.Block(IpBlock.around(MachineRig.ip(2), 16), Duration.ofHours(3), "test"));
        assertThat(dials(rig.later(Duration.ofHours(1))))
                .noneMatch(dial -> dial.address().id().equals(id(2)));
        rig.now = rig.now.plus(Duration.ofHours(2));
        assertThat(dials(rig.apply(new Input.Wake())))
                .anyMatch(dial -> dial.address().id().equals(id(2)));
    }
}
