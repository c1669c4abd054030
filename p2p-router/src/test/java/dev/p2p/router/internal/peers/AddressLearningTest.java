package dev.p2p.router.internal.peers;

import static dev.p2p.router.internal.peers.MachineRig.acts;
import static dev.p2p.router.internal.peers.MachineRig.address;
import static dev.p2p.router.internal.peers.MachineRig.admitted;
import static dev.p2p.router.internal.peers.MachineRig.dials;
import static dev.p2p.router.internal.peers.MachineRig.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which addresses are learned, from whom, and how many are kept. */
class AddressLearningTest {

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
    void learnsAConfiguredAddressOfAnyScope() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2).withNarrowestScope(AddressScope.PUBLIC));
        NodeAddress narrow = NodeAddress.parse(id(1) + "@127.0.0.1:20001");
        assertThat(acts(rig.apply(new Input.Learn(narrow, new Source.Exchange(id(9))))))
                .isEmpty();
        assertThat(dials(rig.apply(new Input.Learn(narrow, new Source.Configured()))))
                .hasSize(1);
    }

    @Test
    void learnsWhereAnInboundPeerListens() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2));
        admitted(rig.comesIn(1)).orElseThrow();
        assertThat(rig.record(1).addresses())
                .extracting(record -> record.address().port())
                .containsExactly(26_656);
    }

    @Test
    void doesNotLearnWhatItCannotUse() {
        MachineRig rig = new MachineRig(MachineRig.policy(2, 2).withNarrowestScope(AddressScope.NAME));
        NodeAddress narrow = NodeAddress.parse(id(1) + "@127.0.0.1:20001");
        assertThat(acts(rig.apply(new Input.Learn(narrow, new Source.Exchange(id(9))))))
                .isEmpty();
        for (String useless : List.of(MachineRig.SELF + "@8.8.8.8:1", id(1) + "@8.8.8.8:0")) {
            assertThat(acts(rig.apply(new Input.Learn(NodeAddress.parse(useless), new Source.Operator()))))
                    .isEmpty();
        }
        assertThat(dials(rig.apply(new Input.Learn(NodeAddress.parse(id(1) + "@8.8.8.8:1"), new Source.Operator()))))
                .hasSize(1);
    }

    @Test
    void forgetsTheLeastUsefulPeerWhenTheTableIsFull() {
        MachineRig rig = new MachineRig(MachineRig.policy(0, 0).withCaps(0, 0, 10));
        IntStream.rangeClosed(1, 30).forEach(rig::learn);
        assertThat(rig.manager.known()).hasSize(10);
    }
}
