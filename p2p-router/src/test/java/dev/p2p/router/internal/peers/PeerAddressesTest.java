package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.closes;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static dev.p2p.router.internal.peers.MachineRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.AddressScope;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.IpBlock;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision.Kind;
import dev.p2p.router.control.NodeStatus.OwnAddress;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.SlotClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is learned, verified, kept and told, and who gets a slot in a crowd. */
class PeerAddressesTest {

    @Test
    @DisplayName("JX-17 A-04: one source fills its quota of the table and no more, and no verified peer goes for it")
    void oneSourceFillsItsQuotaOnly() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 4));
        PeerRef verified = rig.connect(1);
        rig.closed(verified);
        for (int i = 0; i < 10_000; i++) {
            NodeAddress told = NodeAddress.of(
                    new NodeId(7, i, 7), new NetEndpoint("tcp", MachineRig.ip(600 + i % 3_000), 1_000 + i));
            rig.apply(new Input.Learn(told, new Source.Exchange(id(9))));
        }
        int quota = rig.manager.book().policy.rules().sourceQuota();
        assertThat(rig.manager.book().quotas.sizes()).containsEntry("source " + id(9), quota);
        assertThat(rig.manager.size()).isLessThanOrEqualTo(quota + 8);
        assertThat(rig.knows(1)).isTrue();
    }

    @Test
    @DisplayName("A-04: one part of the network fills its quota of the table and no more, whoever tells")
    void oneGroupFillsItsQuotaOnly() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 0));
        for (int i = 0; i < 500; i++) {
            NodeAddress told = NodeAddress.parse(new NodeId(7, i, 7) + "@20.9." + i % 250 + ".1:" + (2_000 + i));
            rig.apply(new Input.Learn(told, new Source.Exchange(id(2_000 + i))));
        }
        int quota = rig.manager.book().policy.rules().groupQuota();
        assertThat(rig.manager.book().quotas.sizes()).containsEntry("group 20.9.0.0", quota);
    }

    @Test
    void placesThatPeersCallThisNodesOwnAreBounded() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 0));
        for (int i = 0; i < 3_000; i++) {
            NodeAddress claimed = NodeAddress.parse(MachineRig.SELF + "@30.1.1.1:" + (2_000 + i));
            for (int voter = 1; voter <= 3; voter++) {
                rig.apply(new Input.Learn(claimed, new Source.Exchange(id(voter))));
            }
        }
        NodeAddress victim = NodeAddress.parse(id(7) + "@30.1.1.1:4999");
        rig.apply(new Input.Learn(victim, new Source.Exchange(id(9))));
        assertThat(rig.knows(7)).as("the last place that was claimed").isTrue();
    }

    @Test
    @DisplayName("JX-18: of a thousand addresses of one peer a few are kept, the verified one among them")
    void fewAddressesOfOnePeerAreKept() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 2));
        rig.connect(1);
        for (int i = 0; i < 1_000; i++) {
            NodeAddress told = NodeAddress.parse(id(1) + "@30.1.1.1:" + (2_000 + i));
            rig.apply(new Input.Learn(told, new Source.Exchange(id(9))));
        }
        List<AddressRecord> kept = rig.record(1).addresses();
        assertThat(kept).hasSize(rig.manager.book().policy.rules().addressesPerPeer());
        assertThat(kept.getFirst().address()).isEqualTo(address(1));
        assertThat(rig.manager.notLearned()).containsEntry("too-many-addresses", 993L);
    }

    @Test
    @DisplayName("JX-19: addresses that lead nowhere, or to this node, are left out, and counted by reason")
    void uselessAddressesAreLeftOut() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 0)
                .withNarrowestScope(AddressScope.NAME)
                .withOwnAddresses(List.of(NodeAddress.parse(MachineRig.SELF + "@40.1.1.1:26656")), List.of()));
        List<String> places = List.of(
                "127.0.0.1:1",
                "10.0.0.1:1",
                "192.168.1.1:1",
                "169.254.1.1:1",
                "[fd00::1]:1",
                "224.0.0.1:1",
                "0.0.0.0:1",
                "192.0.2.1:1",
                "8.8.8.8:0",
                "40.1.1.1:26656");
        places.forEach(place ->
                rig.apply(new Input.Learn(NodeAddress.parse(id(1) + "@" + place), new Source.Exchange(id(9)))));
        rig.apply(new Input.Learn(NodeAddress.parse(MachineRig.SELF + "@8.8.8.8:1"), new Source.Exchange(id(9))));
        assertThat(rig.manager.size()).isZero();
        assertThat(rig.manager.notLearned())
                .isEqualTo(Map.of(
                        "scope-loopback",
                        1L,
                        "scope-private",
                        3L,
                        "scope-link-local",
                        1L,
                        "unusable",
                        3L,
                        "port-0",
                        1L,
                        "own-address",
                        1L,
                        "own-id",
                        1L));
    }

    @Test
    void aLowPortIsLearnedFromWhoeverListensThereAndFromTheOperatorOnly() {
        MachineRig rig = new MachineRig(MachineRig.policy(4, 4));
        rig.apply(new Input.Learn(NodeAddress.parse(id(1) + "@8.8.8.8:25"), new Source.Exchange(id(9))));
        rig.apply(new Input.Learn(NodeAddress.parse(id(2) + "@8.8.8.8:1023"), new Source.Exchange(id(9))));
        assertThat(rig.manager.size()).isZero();
        assertThat(rig.manager.notLearned()).isEqualTo(Map.of("low-port", 2L));
        rig.apply(new Input.Learn(NodeAddress.parse(id(1) + "@8.8.8.8:25"), new Source.Operator()));
        rig.apply(new Input.Learn(NodeAddress.parse(id(2) + "@8.8.8.8:443"), new Source.SelfReported()));
        rig.apply(new Input.Learn(NodeAddress.parse(id(3) + "@9.9.9.9:1024"), new Source.Exchange(id(9))));
        assertThat(rig.manager.size()).isEqualTo(3);

        MachineRig allowing = new MachineRig(MachineRig.policy(4, 4).withLowestPort(1));
        allowing.apply(new Input.Learn(NodeAddress.parse(id(1) + "@8.8.8.8:25"), new Source.Exchange(id(9))));
        assertThat(allowing.manager.size()).isEqualTo(1);
    }

    @Test
    @DisplayName("JX-20: a peer is told of addresses of its own scope and wider ones only")
    void narrowAddressesStayInTheirScope() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 4));
        List<NodeAddress> all = List.of(
                NodeAddress.parse(id(1) + "@127.0.0.1:1"),
                NodeAddress.parse(id(2) + "@10.0.0.1:1"),
                NodeAddress.parse(id(3) + "@20.0.0.1:1"),
                NodeAddress.parse(id(4) + "@seed.example.org:1"));
        for (NodeAddress one : all) {
            rig.dialed(dials(rig.apply(new Input.Learn(one, new Source.Operator())))
                    .getFirst());
        }
        assertThat(draw(rig, AddressScope.PUBLIC)).containsExactlyInAnyOrder(all.get(2), all.get(3));
        assertThat(draw(rig, AddressScope.PRIVATE)).containsExactlyInAnyOrder(all.get(1), all.get(2), all.get(3));
        assertThat(draw(rig, AddressScope.LOOPBACK)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    @DisplayName("W15: only addresses at which a connection was made are told, and nothing of private or banned peers")
    void onlyVerifiedAddressesAreTold() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 3));
        Effect.Dial dial = rig.learn(1).getFirst();
        assertThat(draw(rig, AddressScope.PUBLIC)).isEmpty();
        rig.dialed(dial);
        assertThat(draw(rig, AddressScope.PUBLIC)).containsExactly(address(1));
        rig.wish(new Input.Wish.Flag(id(1), Set.of(PeerFlag.PRIVATE)));
        assertThat(draw(rig, AddressScope.PUBLIC)).isEmpty();
        rig.wish(new Input.Wish.Flag(id(1), Set.of()));
        rig.wish(new Input.Wish.Ban(id(1), Duration.ofHours(1), "test"));
        assertThat(draw(rig, AddressScope.PUBLIC)).isEmpty();
    }

    @Test
    @DisplayName("W15: drawing costs what is drawn: from many addresses every one has its chance")
    void drawingIsUniform() {
        AddressPool pool = new AddressPool(true);
        int peers = 2_000;
        for (int i = 0; i < peers; i++) {
            pool.settle(new PeerEntry(
                    PeerRecord.unknown(id(i), MachineRig.START)
                            .withAddresses(
                                    List.of(AddressRecord.heard(address(i), new Source.Operator(), MachineRig.START))),
                    Set.of(),
                    i));
        }
        Set<NodeAddress> seen = new HashSet<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            List<NodeAddress> drawn = pool.draw(id(peers), AddressScope.PUBLIC, 100, random);
            assertThat(drawn).hasSize(100).doesNotHaveDuplicates();
            seen.addAll(drawn);
        }
        assertThat(seen).hasSize(peers);
    }

    @Test
    @DisplayName(
            "W16: this node believes where it is when peers of enough different networks say so, and tells it then")
    void theOwnAddressNeedsVotes() {
        MachineRig rig = new MachineRig(MachineRig.policy(8, 0));
        NodeAddress own = NodeAddress.parse(MachineRig.SELF + "@50.1.1.1:26656");
        for (int i = 1; i <= 3; i++) {
            assertThat(draw(rig, AddressScope.PUBLIC)).doesNotContain(own);
            admitted(rig.comesIn(i)).orElseThrow();
            for (int again = 0; again < 5; again++) {
                rig.apply(new Input.Learn(own, new Source.Exchange(id(i))));
            }
        }
        assertThat(draw(rig, AddressScope.PUBLIC)).startsWith(own);
        assertThat(rig.manager.status(info(), rig.now, rig.now, 0).ownAddresses())
                .containsExactly(new OwnAddress(own, "observed", true));
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

    private static List<NodeAddress> draw(MachineRig rig, AddressScope audience) {
        return rig.manager.pool().draw(MachineRig.SELF, audience, 100, new SplittableRandom(1));
    }

    private static NodeInfo info() {
        return NodeInfo.of(MachineRig.SELF, "net", "self", "", "0.0.0.0:0", List.of(new ChannelId(0)));
    }
}
