package dev.p2p.router.internal.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.AddressScope;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Source;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Others are told where a peer says that it listens only while it is connected from that host. */
class SelfReportTest {

    private static final NodeId PEER = MachineRig.id(1);

    private final MachineRig rig = new MachineRig(MachineRig.policy(8, 0));

    @Test
    void aPeerIsFoundWhereItCameFrom() {
        comesIn("20.1.1.1", "20.1.1.1:26656");
        assertThat(told(AddressScope.PUBLIC)).containsExactly(at("20.1.1.1:26656"));
    }

    @Test
    void notWhereItOnlySaysThatItIs() {
        comesIn("20.1.1.1", "30.1.1.1:26656");
        assertThat(told(AddressScope.PUBLIC)).isEmpty();
    }

    @Test
    void allLoopbackAddressesAreOneHost() {
        comesIn("127.0.0.1", "127.0.11.3:26656");
        assertThat(told(AddressScope.LOOPBACK)).containsExactly(at("127.0.11.3:26656"));
    }

    @Test
    void whatAnotherToldBeforeIsConfirmedByThePeerItself() {
        rig.apply(new Input.Learn(at("20.1.1.1:26656"), new Source.Exchange(MachineRig.id(9))));
        assertThat(told(AddressScope.PUBLIC)).isEmpty();
        comesIn("20.1.1.1", "20.1.1.1:26656");
        assertThat(told(AddressScope.PUBLIC)).containsExactly(at("20.1.1.1:26656"));
    }

    @Test
    void anotherPortAtItsHostIsStillHearsay() {
        rig.apply(new Input.Learn(at("20.1.1.1:1"), new Source.Exchange(MachineRig.id(9))));
        comesIn("20.1.1.1", "20.1.1.1:26656");
        assertThat(told(AddressScope.PUBLIC)).containsExactly(at("20.1.1.1:26656"));
    }

    @Test
    void whoComesFromThisLinkAndListensEverywhereIsAdmittedButCannotBeFoundAgain() throws UnknownHostException {
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
        List<Effect> effects = comesIn(Inet6Address.getByAddress(null, linkLocal, 1), "0.0.0.0:26656");
        assertThat(MachineRig.admitted(effects)).isPresent();
        assertThat(told(AddressScope.LINK_LOCAL)).isEmpty();
    }

    @Test
    void aLowPortIsLearnedOfTheHostThatThePeerCameFromAndOfNoOther() {
        comesIn("20.1.1.1", "30.1.1.1:25");
        comesIn("20.1.1.1", "mail.example.org:25");
        assertThat(rig.manager.notLearned()).isEqualTo(Map.of("low-port", 2L));
        assertThat(rig.record(1).addresses()).isEmpty();
        comesIn("20.1.1.1", "20.1.1.1:443");
        assertThat(rig.record(1).addresses()).extracting(AddressRecord::address).containsExactly(at("20.1.1.1:443"));
    }

    private void comesIn(String from, String listens) {
        comesIn(InetAddress.ofLiteral(from), listens);
    }

    private List<Effect> comesIn(InetAddress from, String listens) {
        NetEndpoint remote = new NetEndpoint("tcp", from, 40_000);
        NodeInfo info = NodeInfo.of(PEER, "net", "peer", "", listens, List.of(new ChannelId(0)));
        rig.apply(new Input.Accepted(7, remote));
        return rig.apply(new Input.Handshaken(7, info, Direction.INBOUND, remote));
    }

    private List<NodeAddress> told(AddressScope audience) {
        return rig.manager.pool().draw(MachineRig.SELF, audience, 100, new SplittableRandom(1));
    }

    private static NodeAddress at(String place) {
        return NodeAddress.parse(PEER + "@" + place);
    }
}
