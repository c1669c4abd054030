package dev.p2p.reactor.pex;

import dev.p2p.api.AddressScope;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;

/**
 * Which addresses pass between this node and a peer: those that both ends can reach. A narrower one is useless to the peer, gives
 * away the inside of a network, or sends this node to its own inside.
 *
 * @param narrowest nothing narrower passes at all
 */
record PexScopes(AddressScope narrowest) {

    /** @param peer from where the peer is connected */
    boolean pass(NodeAddress address, AddressScope peer) {
        AddressScope scope = address.scope();
        boolean reachable = scope == AddressScope.NAME || scope.compareTo(peer) >= 0;
        return reachable && scope.compareTo(narrowest) >= 0;
    }

    /** From where a connection comes. */
    static AddressScope of(Endpoint remote) {
        return remote instanceof NetEndpoint net ? AddressScope.of(net.ip()) : AddressScope.LOCAL;
    }
}
