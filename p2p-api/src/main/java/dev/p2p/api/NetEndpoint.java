package dev.p2p.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A place on an IP network.
 *
 * @param protocol the protocol that selects the transport, lower case
 * @param ip the address
 * @param port 0 to 65535; 0 asks a listener for a free port
 */
public record NetEndpoint(String protocol, InetAddress ip, int port) implements Endpoint {

    public NetEndpoint {
        HostPort.requirePort(port);
    }

    /** The same place as a socket address. */
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(ip, port);
    }

    /** The address's canonical text (RFC 5952), without brackets. */
    public String host() {
        return IpText.of(ip);
    }

    /** Canonical text such as {@code tcp://127.0.0.1:26656} or {@code tcp://[::1]:26656}. */
    @Override
    public String toString() {
        return protocol + "://" + HostPort.bracketed(host()) + ":" + port;
    }
}
