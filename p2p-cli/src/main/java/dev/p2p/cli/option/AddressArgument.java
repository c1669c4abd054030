package dev.p2p.cli.option;

import dev.p2p.api.Endpoint;
import dev.p2p.api.HostPort;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Addresses on the command line. */
public final class AddressArgument {

    private AddressArgument() {}

    /** A node to dial: {@code [tcp://]ID@HOST:PORT}, or what another transport's protocol understands. */
    public static NodeAddress node(String text) {
        try {
            NodeAddress address = NodeAddress.parse(text.strip());
            if (!address.host().isEmpty() && address.port() == 0) {
                throw new IllegalArgumentException("the port is missing");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw invalid(
                    text, "ID@HOST:PORT, for example 24f6ed6acbfe1009c030d7ca567c33ca48309114@203.0.113.7:26656", e);
        }
    }

    /**
     * A place to listen on: {@code tcp://IP:PORT}, {@code IP:PORT}, or {@code PROTOCOL:NAME} for transports without IP
     * addresses.
     */
    public static Endpoint listen(String text) {
        try {
            int scheme = text.indexOf("://");
            String protocol = scheme < 0
                    ? NodeAddress.DEFAULT_PROTOCOL
                    : text.substring(0, scheme).toLowerCase(Locale.ROOT);
            String rest = scheme < 0 ? text : text.substring(scheme + 3);
            if (scheme >= 0 && rest.startsWith("/")) {
                return new LocalEndpoint(protocol, rest);
            }
            int colon = text.indexOf(':');
            if (scheme < 0 && colon > 0 && !isPort(text.substring(text.lastIndexOf(':') + 1))) {
                return new LocalEndpoint(text.substring(0, colon).toLowerCase(Locale.ROOT), text.substring(colon + 1));
            }
            HostPort place = HostPort.parse(rest);
            return new NetEndpoint(
                    protocol.equals("mconn") ? NodeAddress.DEFAULT_PROTOCOL : protocol, ip(place), place.port());
        } catch (IllegalArgumentException e) {
            throw invalid(text, "tcp://IP:PORT, for example tcp://127.0.0.1:26656 or tcp://0.0.0.0:0", e);
        }
    }

    private static InetAddress ip(HostPort place) {
        if (place.host().equals("localhost")) {
            return InetAddress.getLoopbackAddress();
        }
        return place.ip().orElseGet(() -> lookUp(place));
    }

    private static InetAddress lookUp(HostPort place) {
        try {
            return InetAddress.getByName(place.host());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host " + place.host() + " has no address", e);
        }
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }

    private static Failure invalid(String text, String form, IllegalArgumentException e) {
        return Failure.of(
                        "P2P-ADDRESS-INVALID",
                        ExitCode.USAGE,
                        "cannot use the address " + text,
                        String.valueOf(e.getMessage()))
                .tryThis("write it as " + form)
                .causedBy(e);
    }
}
