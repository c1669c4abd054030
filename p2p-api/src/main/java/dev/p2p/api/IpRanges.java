package dev.p2p.api;

import java.util.Arrays;
import java.util.List;

/** The special ranges of the IANA special-purpose registries that decide an address's scope and group. */
final class IpRanges {

    private record Range(byte[] prefix, int bits, AddressScope scope) {}

    private static final List<Range> V4 = List.of(
            v4(0, 0, 0, 0, 8, AddressScope.UNUSABLE),
            v4(10, 0, 0, 0, 8, AddressScope.PRIVATE),
            v4(100, 64, 0, 0, 10, AddressScope.SHARED),
            v4(127, 0, 0, 0, 8, AddressScope.LOOPBACK),
            v4(169, 254, 0, 0, 16, AddressScope.LINK_LOCAL),
            v4(172, 16, 0, 0, 12, AddressScope.PRIVATE),
            v4(192, 0, 2, 0, 24, AddressScope.UNUSABLE),
            v4(192, 168, 0, 0, 16, AddressScope.PRIVATE),
            v4(198, 51, 100, 0, 24, AddressScope.UNUSABLE),
            v4(203, 0, 113, 0, 24, AddressScope.UNUSABLE),
            v4(224, 0, 0, 0, 3, AddressScope.UNUSABLE));

    private static final List<Range> V6 = List.of(
            v6(0, 0, 128, AddressScope.UNUSABLE),
            new Range(loopbackV6(), 128, AddressScope.LOOPBACK),
            v6(0xfe80_0000, 0, 10, AddressScope.LINK_LOCAL),
            v6(0xfc00_0000, 0, 7, AddressScope.PRIVATE),
            v6(0x2001_0db8, 0, 32, AddressScope.UNUSABLE),
            v6(0x2001_0010, 0, 28, AddressScope.UNUSABLE),
            v6(0xff00_0000, 0, 8, AddressScope.UNUSABLE));

    private static final byte[] NAT64 = v6Bytes(0x0064_ff9b, 0);
    private static final byte[] TRANSLATED = {0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 0, 0};
    private static final byte[] ONION = {(byte) 0xfd, (byte) 0x87, (byte) 0xd8, 0x7e, (byte) 0xeb, 0x43};
    private static final byte[] HURRICANE = {0x20, 0x01, 0x04, 0x70};

    private IpRanges() {}

    static AddressScope scopeOf(byte[] ip) {
        for (Range range : ip.length == 4 ? V4 : V6) {
            if (matches(ip, range.prefix, range.bits)) {
                return range.scope;
            }
        }
        return AddressScope.PUBLIC;
    }

    /**
     * The group whose members probably have one owner: /16 for IPv4, also when it is embedded in an IPv6 tunnel
     * address, /32 for IPv6, /36 inside the range of a large tunnel broker, and four bits of an onion address.
     */
    static String groupOf(byte[] ip) {
        if (ip.length == 4) {
            return v4Group(ip, 0, 0);
        }
        if (ip[0] == 0x20 && ip[1] == 0x02) { // 6to4, RFC 3056
            return v4Group(ip, 2, 0);
        }
        if (ip[0] == 0x20 && ip[1] == 0x01 && ip[2] == 0 && ip[3] == 0) { // Teredo, RFC 4380: stored inverted
            return v4Group(ip, 12, 0xff);
        }
        if (matches(ip, NAT64, 96) || matches(ip, TRANSLATED, 96)) { // RFC 6052, RFC 2765
            return v4Group(ip, 12, 0);
        }
        if (matches(ip, ONION, 48)) {
            return "tor:" + (ip[6] & 0x0f);
        }
        int bits = matches(ip, HURRICANE, 32) ? 36 : 32;
        return v6Group(ip, bits);
    }

    private static String v4Group(byte[] ip, int at, int inverted) {
        return (ip[at] & 0xff ^ inverted) + "." + (ip[at + 1] & 0xff ^ inverted) + ".0.0";
    }

    private static String v6Group(byte[] ip, int bits) {
        int first = (ip[0] & 0xff) << 8 | ip[1] & 0xff;
        int second = (ip[2] & 0xff) << 8 | ip[3] & 0xff;
        int third = bits > 32 ? (ip[4] & 0xf0) << 8 : 0;
        String text = Integer.toHexString(first) + ":" + Integer.toHexString(second);
        return third == 0 ? text + "::" : text + ":" + Integer.toHexString(third) + "::";
    }

    private static boolean matches(byte[] ip, byte[] prefix, int bits) {
        int whole = bits / 8;
        if (!Arrays.equals(ip, 0, whole, prefix, 0, whole)) {
            return false;
        }
        int mask = 0xff << (8 - bits % 8) & 0xff;
        return bits % 8 == 0 || (ip[whole] & mask) == (prefix[whole] & mask);
    }

    private static Range v4(int a, int b, int c, int d, int bits, AddressScope scope) {
        return new Range(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, bits, scope);
    }

    private static Range v6(int first, int second, int bits, AddressScope scope) {
        return new Range(v6Bytes(first, second), bits, scope);
    }

    private static byte[] v6Bytes(int first, int second) {
        return java.nio.ByteBuffer.allocate(16).putInt(first).putInt(second).array();
    }

    private static byte[] loopbackV6() {
        byte[] ip = new byte[16];
        ip[15] = 1;
        return ip;
    }
}
