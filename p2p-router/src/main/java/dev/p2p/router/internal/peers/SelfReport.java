package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.HostPort;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeInfo;
import java.net.InetAddress;
import java.util.Optional;

/** Where an inbound peer says that it listens. */
final class SelfReport {

    private static final char ZONE = '%';

    private SelfReport() {}

    /**
     * The address to learn: its own host as we see it, if it says "everywhere"; nothing if it says that it does not listen, or if that
     * host has a place only on one link of this machine (RFC 4007), which no address can say.
     */
    static Optional<NodeAddress> of(NodeInfo info, Direction direction, Endpoint remote) {
        HostPort place = info.listenPlace();
        if (direction == Direction.OUTBOUND || place.port() == 0) {
            return Optional.empty();
        }
        boolean everywhere = place.ip().filter(InetAddress::isAnyLocalAddress).isPresent();
        if (!everywhere) {
            return Optional.of(NodeAddress.of(info.id(), place));
        }
        return remote instanceof NetEndpoint net && net.host().indexOf(ZONE) < 0
                ? Optional.of(NodeAddress.of(info.id(), new NetEndpoint(net.protocol(), net.ip(), place.port())))
                : Optional.empty();
    }

    /**
     * Whether the connection comes from the address's host: then only its port is hearsay. All loopback addresses are one host:
     * a node that listens on one of them dials from another.
     */
    static boolean cameFrom(Live live, NodeAddress address) {
        return live.direction == Direction.INBOUND
                && live.remote instanceof NetEndpoint net
                && (address.host().equals(net.host())
                        || (net.ip().isLoopbackAddress() && address.scope() == AddressScope.LOOPBACK));
    }
}
