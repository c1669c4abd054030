package dev.p2p.api;

import java.net.InetAddress;

/** From where an address can be reached, narrowest first. Decides who may be told of it. */
public enum AddressScope {
    /** Never a destination: unspecified, broadcast, multicast, documentation and other reserved ranges. */
    UNUSABLE,
    /** Only from inside this process or machine by name. */
    LOCAL,
    /** Only from this machine (127.0.0.0/8, ::1). */
    LOOPBACK,
    /** Only from the same link (169.254.0.0/16, fe80::/10). */
    LINK_LOCAL,
    /** Only from the same private network (RFC 1918, fc00::/7). */
    PRIVATE,
    /** Behind a carrier's address translation (100.64.0.0/10, RFC 6598). */
    SHARED,
    /** Unknown until the host name is looked up. */
    NAME,
    /** From everywhere. */
    PUBLIC;

    /** The scope of an IP address. */
    public static AddressScope of(InetAddress ip) {
        return IpRanges.scopeOf(ip.getAddress());
    }

    /** Whether an address of this scope may be handed to peers anywhere. */
    public boolean routable() {
        return this == PUBLIC;
    }
}
