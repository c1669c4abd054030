package dev.p2p.api;

import java.util.Locale;

/**
 * Where a node with a known identity can be dialed: what is configured, stored and exchanged.
 *
 * <p>Text: {@code tcp://<id>@<host>[:port][/path]}, {@code memory:<id>}, or without a protocol {@code <id>@<host>[:port]},
 * which means {@code tcp}. {@code mconn} is read as a synonym of {@code tcp}. Host names are kept and looked up when the
 * address is dialed. {@link #parse(String)} and {@link #toString()} round-trip.
 *
 * @param id whom to expect there
 * @param protocol the protocol that selects the transport, lower case
 * @param host an IP literal without brackets, in its canonical spelling (RFC 5952) however it was given, or a host name in lower case;
 *     empty for protocols without hosts
 * @param port 0 to 65535; 0 if none is given
 * @param path what follows the port, decoded, with query and fragment; empty or beginning with {@code /}, {@code ?} or
 *     {@code #}
 */
public record NodeAddress(NodeId id, String protocol, String host, int port, String path) {

    /** The protocol of an address that names none. */
    public static final String DEFAULT_PROTOCOL = "tcp";

    /** The longest text that is read. */
    public static final int MAX_CHARACTERS = 2_048;

    public NodeAddress {
        protocol = normalProtocol(protocol);
        host = IpText.ofHost(host.toLowerCase(Locale.ROOT));
        HostPort.requirePort(port);
        if (!host.isEmpty()) {
            HostPort.requireHost(host);
        } else if (port != 0) {
            throw new IllegalArgumentException("an address with a port needs a host");
        }
        if (!path.isEmpty() && "/?#".indexOf(path.charAt(0)) < 0) {
            throw new IllegalArgumentException("a path begins with a slash: " + Text.quote(path));
        }
    }

    /** An address on an IP network. */
    public static NodeAddress of(NodeId id, NetEndpoint endpoint) {
        return new NodeAddress(id, endpoint.protocol(), endpoint.host(), endpoint.port(), "");
    }

    /** An address in the default protocol. */
    public static NodeAddress of(NodeId id, HostPort place) {
        return new NodeAddress(id, DEFAULT_PROTOCOL, place.host(), place.port(), "");
    }

    /**
     * Reads any of the texts above.
     *
     * @throws IllegalArgumentException if the text is anything else; the message says what is wrong
     */
    public static NodeAddress parse(String text) {
        return NodeAddressText.parse(text);
    }

    /**
     * Reads {@code [scheme://]<id>@<host>:<port>} as the nodes of Tendermint v0.34 and CometBFT do: the scheme is not
     * examined and the port is mandatory. The result's protocol is {@code tcp}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static NodeAddress parseIdAtHostPort(String text) {
        String[] parts = withoutScheme(text).split("@", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(Text.quote(text) + " is not <node id>@<host>:<port>");
        }
        return of(NodeId.parse(parts[0]), HostPort.parse(parts[1]));
    }

    /** What follows the first {@code ://}, up to the next one if there is any; the whole text if there is none. */
    static String withoutScheme(String text) {
        String[] parts = text.split("://", -1);
        return parts.length > 1 ? parts[1] : text;
    }

    /** From where this address can be reached, as far as that shows without a look-up. */
    public AddressScope scope() {
        if (host.isEmpty()) {
            return AddressScope.LOCAL;
        }
        return HostPort.literal(host).map(AddressScope::of).orElse(AddressScope.NAME);
    }

    /** The group for quotas. All host names share one group, because a name's owner can be anywhere. */
    public NetworkGroup networkGroup() {
        if (host.isEmpty()) {
            return NetworkGroup.LOCAL;
        }
        return HostPort.literal(host).map(NetworkGroup::ofRoutable).orElse(new NetworkGroup("name"));
    }

    /** Canonical text; {@link #parse(String)} reads it back. */
    @Override
    public String toString() {
        return NodeAddressText.format(this);
    }

    private static String normalProtocol(String protocol) {
        if (protocol.equals(DEFAULT_PROTOCOL)) {
            return protocol;
        }
        String lower = protocol.toLowerCase(Locale.ROOT);
        if (!lower.matches("[a-z][a-z0-9+.-]*")) {
            throw new IllegalArgumentException("a protocol is a word such as tcp: " + Text.quote(protocol));
        }
        return lower.equals("mconn") ? DEFAULT_PROTOCOL : lower;
    }
}
