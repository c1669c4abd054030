package dev.p2p.router;

import java.net.InetAddress;

/**
 * A range of IP addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param prefix the range's first address; bits beyond the length are ignored
 * @param bits how many leading bits count, 0 to 32 for IPv4 and to 128 for IPv6
 */
public record AddressRange(InetAddress prefix, int bits) {

    /** IPv4's addresses of this machine. */
    public static final AddressRange LOOPBACK_V4 = parse("127.0.0.0/8");

    /** IPv6's address of this machine. */
    public static final AddressRange LOOPBACK_V6 = parse("::1/128");

    public AddressRange {
        int most = prefix.getAddress().length * 8;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("a range of " + prefix + " has 0 to " + most + " bits, not " + bits);
        }
    }

    /**
     * Reads an address with the number of bits that count; without a number all do. Looks nothing up.
     *
     * @throws IllegalArgumentException if that is no address, or the number does not fit it
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        InetAddress prefix = InetAddress.ofLiteral(host);
        int most = prefix.getAddress().length * 8;
        return new AddressRange(prefix, slash < 0 ? most : Integer.parseInt(text.substring(slash + 1)));
    }

    /** Whether an address lies in the range; never for an address of the other kind. */
    public boolean contains(InetAddress address) {
        byte[] wanted = prefix.getAddress();
        byte[] given = address.getAddress();
        if (wanted.length != given.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
            if (((wanted[bit / 8] ^ given[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return prefix.getHostAddress() + "/" + bits;
    }
}
