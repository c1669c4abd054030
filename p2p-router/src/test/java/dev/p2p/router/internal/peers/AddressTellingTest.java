package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.AddressScope;
import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.NodeStatus.OwnAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which addresses others are told of, this node's own among them. */
class AddressTellingTest {

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

    private static List<NodeAddress> draw(MachineRig rig, AddressScope audience) {
        return rig.manager.pool().draw(MachineRig.SELF, audience, 100, new SplittableRandom(1));
    }

    private static NodeInfo info() {
        return NodeInfo.of(MachineRig.SELF, "net", "self", "", "0.0.0.0:0", List.of(new ChannelId(0)));
    }
}
