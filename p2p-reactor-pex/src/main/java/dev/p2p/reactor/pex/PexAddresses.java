package dev.p2p.reactor.pex;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.reactor.pex.proto.PexAddress;
import dev.p2p.reactor.pex.proto.PexAddrs;
import dev.p2p.reactor.pex.proto.PexAddrsV2;
import dev.p2p.reactor.pex.proto.PexUrl;
import java.util.List;
import java.util.Optional;

/**
 * Addresses between this node's form and the two of the wire. Only TCP addresses travel. In today's form the host must be an IP
 * literal: a CometBFT node bans whoever sends it a name.
 */
final class PexAddresses {

    private PexAddresses() {}

    static PexAddrs encode(List<NodeAddress> addresses) {
        PexAddrs.Builder out = PexAddrs.newBuilder();
        for (NodeAddress address : addresses) {
            if (travels(address) && hasIp(address)) {
                out.addAddrs(PexAddress.newBuilder()
                        .setId(address.id().toString())
                        .setIp(address.host())
                        .setPort(address.port()));
            }
        }
        return out.build();
    }

    static PexAddrsV2 encodeV2(List<NodeAddress> addresses) {
        PexAddrsV2.Builder out = PexAddrsV2.newBuilder();
        for (NodeAddress address : addresses) {
            if (travels(address)) {
                String url = address.toString().replaceFirst("^tcp:", "mconn:");
                out.addAddresses(PexUrl.newBuilder().setUrl(url));
            }
        }
        return out.build();
    }

    /** The address, or nothing if it is none that a node could be dialed at. */
    static Optional<NodeAddress> decode(PexAddress in) {
        try {
            NodeAddress address = NodeAddress.of(NodeId.parse(in.getId()), new HostPort(in.getIp(), in.getPort()));
            return travels(address) && hasIp(address) ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<NodeAddress> decode(PexUrl in) {
        try {
            NodeAddress address = NodeAddress.parse(in.getUrl());
            return travels(address) && address.path().isEmpty() ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean travels(NodeAddress address) {
        return address.protocol().equals(NodeAddress.DEFAULT_PROTOCOL)
                && !address.host().isEmpty()
                && address.port() > 0;
    }

    private static boolean hasIp(NodeAddress address) {
        return new HostPort(address.host(), address.port()).ip().isPresent();
    }
}
