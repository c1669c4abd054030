package dev.p2p.api;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of IP addresses with a common prefix (CIDR, RFC 4632).
 *
 * @param first the range's first address; the bits behind the prefix are zero
 * @param prefixBits how many leading bits are common: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record IpBlock(InetAddress first, int prefixBits) {

    public IpBlock {
        int width = first.getAddress().length * Byte.SIZE;
        if (prefixBits < 0 || prefixBits > width) {
            throw new IllegalArgumentException("a prefix of this kind has 0 to " + width + " bits, not " + prefixBits);
        }
        first = masked(first, prefixBits);
    }

    /** The block that holds an address and as much around it as the prefix says. */
    public static IpBlock around(InetAddress ip, int prefixBits) {
        return new IpBlock(ip, prefixBits);
    }

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address. Nothing is looked up.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static IpBlock parse(String text) {
        int slash = text.indexOf('/');
        String host = HostPort.unbracketed(slash < 0 ? text : text.substring(0, slash));
        InetAddress ip = HostPort.literal(host)
                .orElseThrow(() -> new IllegalArgumentException(Text.quote(text) + " is not an IP address or a block"));
        int width = ip.getAddress().length * Byte.SIZE;
        String bits = slash < 0 ? String.valueOf(width) : text.substring(slash + 1);
        if (!bits.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("a prefix is a number of bits: " + Text.quote(text));
        }
        return new IpBlock(ip, Integer.parseInt(bits));
    }

    /** Whether an address lies in the block. An IPv4 address never lies in an IPv6 block. */
    public boolean contains(InetAddress ip) {
        return ip.getAddress().length == first.getAddress().length
                && masked(ip, prefixBits).equals(first);
    }

    /** Canonical text such as {@code 192.0.2.0/24}; {@link #parse(String)} reads it back. */
    @Override
    public String toString() {
        return IpText.of(first) + "/" + prefixBits;
    }

    private static InetAddress masked(InetAddress ip, int bits) {
        byte[] bytes = ip.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(bits - i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address keeps its length", e);
        }
    }
}
