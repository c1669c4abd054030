package dev.p2p.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * A host and a port as people write them: {@code 127.0.0.1:26656}, {@code [::1]:26656}, {@code seed.example.org:26656}.
 * Nothing is looked up.
 *
 * @param host an IP literal without brackets, or a host name in lower case; not empty
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {

    /** The largest port. */
    public static final int MAX_PORT = 65_535;

    /** The longest host name (RFC 1035, section 2.3.4). */
    private static final int MAX_HOST_CHARACTERS = 253;

    public HostPort {
        host = host.toLowerCase(Locale.ROOT);
        requireHost(host);
        requirePort(port);
    }

    /**
     * Reads {@code host:port}; both parts are mandatory.
     *
     * @throws IllegalArgumentException if the text is anything else; the message says what
     */
    public static HostPort parse(String text) {
        int colon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.indexOf(':');
        if (colon <= 0 || text.indexOf(':', colon + 1) >= 0) {
            throw new IllegalArgumentException(
                    Text.quote(text) + " is not host:port (an IPv6 address stands in brackets)");
        }
        return new HostPort(unbracketed(text.substring(0, colon)), parsePort(text.substring(colon + 1)));
    }

    /** The host as an address if it is an IP literal; never asks a name server. */
    public Optional<InetAddress> ip() {
        return literal(host);
    }

    /** Canonical text, IPv6 in brackets. */
    @Override
    public String toString() {
        return bracketed(host) + ":" + port;
    }

    static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    static String unbracketed(String host) {
        if (!host.startsWith("[")) {
            return host;
        }
        String inner = host.endsWith("]") ? host.substring(1, host.length() - 1) : "";
        if (inner.indexOf(':') < 0) {
            throw new IllegalArgumentException("brackets hold an IPv6 address: " + Text.quote(host));
        }
        return inner;
    }

    static int parsePort(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a port is a number from 0 to " + MAX_PORT + ": " + Text.quote(text));
        }
        return requirePort(Integer.parseInt(text));
    }

    static int requirePort(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is a number from 0 to " + MAX_PORT + ", not " + port);
        }
        return port;
    }

    static void requireHost(String host) {
        boolean wellFormed = (host.indexOf(':') >= 0 || looksLikeIpv4(host))
                ? literal(host).isPresent()
                : host.length() <= MAX_HOST_CHARACTERS && host.chars().allMatch(HostPort::isHostCharacter);
        if (host.isEmpty() || !wellFormed) {
            throw new IllegalArgumentException(Text.quote(host) + " is neither an IP address nor a host name");
        }
    }

    /** An address for an IP literal, empty for anything else; leading zeros and zones are refused. */
    static Optional<InetAddress> literal(String host) {
        boolean v6 = host.indexOf(':') >= 0;
        if (!v6 && !looksLikeIpv4(host)) {
            return Optional.empty();
        }
        if (v6 ? !host.chars().allMatch(HostPort::isIpv6Character) : !isStrictIpv4(host)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(v6 ? "[" + host + "]" : host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean looksLikeIpv4(String host) {
        return !host.isEmpty() && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static boolean isStrictIpv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
            if (part.isEmpty() || part.length() > 3 || leadingZero || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv6Character(int c) {
        return c == ':' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isHostCharacter(int c) {
        return c == '.'
                || c == '-'
                || c == '_'
                || (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z');
    }
}
