package dev.p2p.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port as people write them: {@code 127.0.0.1:26656}, {@code [::1]:26656}, {@code seed.example.org:26656}.
 * Nothing is looked up.
 *
 * @param host an IP literal without brackets, in its canonical spelling (RFC 5952) however it was given, or a host name in lower case;
 *     not empty
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {

    /** The largest port. */
    public static final int MAX_PORT = 65_535;

    /** The longest host name (RFC 1035, section 2.3.4). */
    private static final int MAX_HOST_CHARACTERS = 253;

    public HostPort {
        host = IpText.ofHost(host.toLowerCase(Locale.ROOT));
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
        byte[] v4 = v6 ? null : strictIpv4(host);
        if (v6 ? !host.chars().allMatch(HostPort::isIpv6Character) : v4 == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(v4 == null ? InetAddress.getByName("[" + host + "]") : InetAddress.getByAddress(v4));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean looksLikeIpv4(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    /** The four bytes of digits and points, or null if they are no address. Asked for every address that is learned. */
    private static byte @Nullable [] strictIpv4(String host) {
        byte[] ip = new byte[4];
        int part = 0;
        int value = -1;
        for (int i = 0; i <= host.length(); i++) {
            char c = i == host.length() ? '.' : host.charAt(i);
            if (c == '.') {
                if (value < 0 || part == ip.length) {
                    return null;
                }
                ip[part++] = (byte) value;
                value = -1;
            } else {
                boolean leadingZero = value == 0;
                value = Math.max(value, 0) * 10 + c - '0';
                if (leadingZero || value > 255) {
                    return null;
                }
            }
        }
        return part == ip.length ? ip : null;
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
