package dev.p2p.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The URL form of a {@link NodeAddress} (RFC 3986 with a mandatory node ID). */
final class NodeAddressText {

    private static final String KEPT_IN_PATH = "-._~!$&'()*+,;=:@/?#";

    private NodeAddressText() {}

    static NodeAddress parse(String text) {
        if (text.length() > NodeAddress.MAX_CHARACTERS) {
            throw new IllegalArgumentException("a node address has at most " + NodeAddress.MAX_CHARACTERS
                    + " characters, this has " + text.length());
        }
        String protocol = NodeAddress.DEFAULT_PROTOCOL;
        String rest = text;
        if (!startsWithId(text)) {
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(Text.quote(text) + " has no node ID: expected <id>@<host>:<port>");
            }
            protocol = text.substring(0, colon);
            rest = text.substring(colon + 1);
            if (!rest.startsWith("//")) {
                return new NodeAddress(NodeId.parse(rest), protocol, "", 0, "");
            }
            rest = rest.substring(2);
        }
        int end = endOfAuthority(rest);
        String authority = rest.substring(0, end);
        int at = authority.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException(Text.quote(text) + " has no node ID: expected <id>@<host>:<port>");
        }
        NodeId id = NodeId.parse(authority.substring(0, at));
        String place = authority.substring(at + 1);
        String path = decode(rest.substring(end));
        if (place.isEmpty()) {
            return new NodeAddress(id, protocol, "", 0, path);
        }
        boolean hasPort = place.indexOf(':') >= 0 && !place.endsWith("]");
        if (!hasPort) {
            return new NodeAddress(id, protocol, HostPort.unbracketed(place), 0, path);
        }
        HostPort hostPort = HostPort.parse(place);
        return new NodeAddress(id, protocol, hostPort.host(), hostPort.port(), path);
    }

    static String format(NodeAddress address) {
        if (address.host().isEmpty() && address.path().isEmpty()) {
            return address.protocol() + ":" + address.id();
        }
        StringBuilder out = new StringBuilder(address.protocol())
                .append("://")
                .append(address.id())
                .append('@')
                .append(HostPort.bracketed(address.host()));
        if (address.port() != 0) {
            out.append(':').append(address.port());
        }
        return out.append(encode(address.path())).toString();
    }

    private static boolean startsWithId(String text) {
        return text.length() > NodeId.HEX_DIGITS
                && text.charAt(NodeId.HEX_DIGITS) == '@'
                && text.substring(0, NodeId.HEX_DIGITS).chars().allMatch(HexFormat::isHexDigit);
    }

    private static int endOfAuthority(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if ("/?#".indexOf(rest.charAt(i)) >= 0) {
                return i;
            }
        }
        return rest.length();
    }

    private static String decode(String escaped) {
        if (escaped.indexOf('%') < 0) {
            return escaped;
        }
        byte[] in = escaped.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
            } else if (i + 2 < in.length && HexFormat.isHexDigit(in[i + 1]) && HexFormat.isHexDigit(in[i + 2])) {
                out.put((byte) (HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2])));
                i += 2;
            } else {
                throw new IllegalArgumentException(
                        "a percent sign is followed by two hex digits: " + Text.quote(escaped));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("an escaped path is UTF-8: " + Text.quote(escaped), e);
        }
    }

    private static String encode(String path) {
        StringBuilder out = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean kept = c < 0x80 && (Character.isLetterOrDigit(c) || KEPT_IN_PATH.indexOf(c) >= 0);
            if (kept) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }
}
