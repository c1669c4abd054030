package dev.p2p.cli.crawl;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;

/**
 * Which of the addresses that nodes tell are worth a visit. An address that is reachable from fewer places than the starts are,
 * such as loopback in a public network, is a mistake or a trap; one with the port of a mail or web server is meant for its owner.
 *
 * @param self the crawler's own identity
 * @param narrowest the narrowest scope of a start
 * @param leastPort the lowest port that is dialed
 */
record AddressFilter(NodeId self, AddressScope narrowest, int leastPort) {

    boolean admits(NodeAddress address) {
        AddressScope scope = address.scope();
        return !address.id().equals(self)
                && address.port() >= leastPort
                && scope != AddressScope.UNUSABLE
                && scope.compareTo(narrowest) >= 0;
    }
}
