package dev.p2p.router;

import dev.p2p.api.Endpoint;
import dev.p2p.api.HostPort;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Where this node can be reached, as its configuration and this machine's network interfaces say. */
final class OwnPlaces {

    private static final System.Logger LOG = System.getLogger(OwnPlaces.class.getName());
    private static final int MAX_PLACES = 32;

    private OwnPlaces() {}

    /** The configured place, if it can be dialed. */
    static List<NodeAddress> configured(NodeId self, Optional<String> advertised) {
        return advertised.stream()
                .map(HostPort::parse)
                .filter(place -> place.port() > 0
                        && place.ip().filter(InetAddress::isAnyLocalAddress).isEmpty())
                .map(place -> NodeAddress.of(self, place))
                .toList();
    }

    /** A listener on all interfaces is reached at the address of each. */
    static List<NodeAddress> ofInterfaces(NodeId self, List<Endpoint> listening) {
        List<NodeAddress> places = new ArrayList<>();
        for (Endpoint endpoint : listening) {
            if (endpoint instanceof NetEndpoint net) {
                List<InetAddress> ips = net.ip().isAnyLocalAddress() ? interfaces(net.ip()) : List.of(net.ip());
                ips.stream()
                        .limit(MAX_PLACES)
                        .map(ip -> NodeAddress.of(self, new NetEndpoint(net.protocol(), withoutZone(ip), net.port())))
                        .filter(place -> !places.contains(place))
                        .forEach(places::add);
            }
        }
        return places;
    }

    /** Whoever listens everywhere in IPv4 is not there in IPv6. */
    private static List<InetAddress> interfaces(InetAddress everywhere) {
        boolean both = everywhere instanceof Inet6Address;
        try {
            List<InetAddress> ips = new ArrayList<>();
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (one.isUp()) {
                    one.inetAddresses()
                            .filter(ip -> !ip.isLinkLocalAddress() && (both || ip instanceof Inet4Address))
                            .forEach(ips::add);
                }
            }
            return ips;
        } catch (SocketException e) {
            LOG.log(Level.WARNING, "the network interfaces cannot be read; own addresses come from peers only", e);
            return List.of();
        }
    }

    private static InetAddress withoutZone(InetAddress ip) {
        try {
            return InetAddress.getByAddress(ip.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address keeps its length", e);
        }
    }
}
