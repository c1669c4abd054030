package dev.p2p.api;

import java.net.InetAddress;

/**
 * The part of the network that an address belongs to, for quotas: addresses of one group probably have one owner. It is
 * /16 for IPv4 (also when embedded in a 6to4, Teredo or NAT64 address), /32 for IPv6, and one group each for
 * everything local, everything unroutable and every host name.
 *
 * @param name the group's canonical text, such as {@code 12.1.0.0} or {@code 2602:100::}
 */
public record NetworkGroup(String name) {

    /** All addresses of this machine. */
    public static final NetworkGroup LOCAL = new NetworkGroup("local");

    /** All addresses that are not reachable from everywhere. */
    public static final NetworkGroup UNROUTABLE = new NetworkGroup("unroutable");

    /** The group of an address by its bits alone, special ranges included. */
    public static NetworkGroup of(InetAddress ip) {
        return new NetworkGroup(IpRanges.groupOf(ip.getAddress()));
    }

    /** The group of an address, where all local and all unroutable addresses count as one group each. */
    public static NetworkGroup ofRoutable(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
        AddressScope scope = AddressScope.of(ip);
        if (scope == AddressScope.LOOPBACK || thisNetwork) {
            return LOCAL;
        }
        return scope.routable() ? of(ip) : UNROUTABLE;
    }

    @Override
    public String toString() {
        return name;
    }
}
