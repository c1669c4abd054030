package dev.p2p.cli.dial;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * A place to visit, in the protocol of whatever transport serves it.
 *
 * @param text as given
 * @param protocol selects the transport, lower case
 * @param place where on an IP network; empty for a place with a name
 * @param name the place's name for a transport without IP addresses, else empty
 * @param expected who should answer, if the address says so
 */
public record Target(String text, String protocol, Optional<HostPort> place, String name, Optional<NodeId> expected) {

    /** The same place with somebody else to expect there. */
    public Target expecting(Optional<NodeId> id) {
        return new Target(text, protocol, place, name, id);
    }

    /** The place of a node's address. */
    public static Target of(NodeAddress address) {
        return of(address.toString(), address);
    }

    /** The place in the form that all places have, however it was given; {@link #parse} reads it back. */
    public String canonical() {
        String who = expected.map(id -> id + "@").orElse("");
        if (place.isPresent()) {
            return protocol + "://" + who + place.get();
        }
        return name.startsWith("/") ? protocol + "://" + who + name : protocol + ":" + name;
    }

    /**
     * Reads {@code [PROTOCOL://][ID@]HOST:PORT}, {@code PROTOCOL:NAME} or {@code PROTOCOL://[ID@]/PATH}.
     *
     * @throws Failure with {@code P2P-ADDRESS-INVALID}
     */
    public static Target parse(String text) {
        try {
            return read(text.strip());
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                            "P2P-ADDRESS-INVALID",
                            ExitCode.USAGE,
                            "cannot use the address " + text,
                            String.valueOf(e.getMessage()))
                    .tryThis("write it as HOST:PORT or ID@HOST:PORT, for example 127.0.0.1:26656")
                    .causedBy(e);
        }
    }

    private static Target read(String text) {
        if (text.indexOf('@') >= 0) {
            return of(text, NodeAddress.parse(text));
        }
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            String rest = text.substring(scheme + 3);
            String protocol = protocol(text.substring(0, scheme));
            return rest.startsWith("/")
                    ? new Target(text, protocol, Optional.empty(), rest, Optional.empty())
                    : new Target(text, protocol, Optional.of(withPort(HostPort.parse(rest))), "", Optional.empty());
        }
        int colon = text.indexOf(':');
        boolean hasPort = text.substring(text.lastIndexOf(':') + 1).chars().allMatch(Character::isDigit);
        if (colon > 0 && colon < text.length() - 1 && !hasPort) {
            return named(text, protocol(text.substring(0, colon)), text.substring(colon + 1));
        }
        HostPort place = withPort(HostPort.parse(text));
        return new Target(text, NodeAddress.DEFAULT_PROTOCOL, Optional.of(place), "", Optional.empty());
    }

    private static Target of(String text, NodeAddress address) {
        Optional<NodeId> id = Optional.of(address.id());
        if (address.host().isEmpty()) {
            String name = address.path().isEmpty() ? address.id().toString() : address.path();
            return new Target(text, address.protocol(), Optional.empty(), name, id);
        }
        HostPort place = withPort(new HostPort(address.host(), address.port()));
        return new Target(text, address.protocol(), Optional.of(place), "", id);
    }

    /** Where a place's name is a node's identity, that is whom to expect there. */
    private static Target named(String text, String protocol, String name) {
        Optional<NodeId> id = name.matches("[0-9a-fA-F]{40}") ? Optional.of(NodeId.parse(name)) : Optional.empty();
        return new Target(text, protocol, Optional.empty(), name, id);
    }

    private static String protocol(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.matches("[a-z][a-z0-9+.-]*")) {
            throw new IllegalArgumentException("a protocol is a word such as tcp, not " + text);
        }
        return lower.equals("mconn") ? NodeAddress.DEFAULT_PROTOCOL : lower;
    }

    private static HostPort withPort(HostPort place) {
        if (place.port() == 0) {
            throw new IllegalArgumentException("the port is missing");
        }
        if (place.ip().filter(InetAddress::isAnyLocalAddress).isPresent()) {
            throw new IllegalArgumentException(place.host() + " is every address of a machine, and none to go to");
        }
        return place;
    }
}
