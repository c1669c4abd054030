package dev.p2p.router.internal.peers;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Who there is in a {@link RandomPeerWorld}, by number: an identity, a host, and the places and information that go with them. */
final class PlayPeers {

    private PlayPeers() {}

    static NodeInfo info(NodeId id) {
        return NodeInfo.of(id, "net", "peer", "", "0.0.0.0:26656", List.of(new ChannelId(0)));
    }

    static NetEndpoint remote(int number) {
        return new NetEndpoint("tcp", ip(number), 40_000);
    }

    /** Public addresses, twelve to a group. */
    static InetAddress ip(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {20, (byte) (number / 12), (byte) (number % 12), 7});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static NodeAddress address(int number, int which) {
        return NodeAddress.of(id(number), new NetEndpoint("tcp", ip(number), 1_000 + which));
    }

    static NodeId id(int number) {
        return new NodeId((long) number << 53, 7, number);
    }

    static int number(NodeId id) {
        return id.low();
    }
}
