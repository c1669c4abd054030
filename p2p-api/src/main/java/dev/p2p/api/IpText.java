package dev.p2p.api;

import java.net.Inet6Address;
import java.net.InetAddress;

/** The one spelling of an IP address (RFC 5952 for IPv6), so that equal places have equal texts. */
final class IpText {

    private static final int GROUPS = 8;

    private IpText() {}

    /** The canonical text, without brackets; a zone, if there is one, stands behind a {@code %}. */
    static String of(InetAddress ip) {
        if (!(ip instanceof Inet6Address v6)) {
            return ip.getHostAddress();
        }
        String platform = v6.getHostAddress();
        int zone = platform.indexOf('%');
        String text = of(v6.getAddress());
        return zone < 0 ? text : text + platform.substring(zone);
    }

    /** The canonical text of a host; one that is no IPv6 literal stays as it is. */
    static String ofHost(String host) {
        return host.indexOf(':') < 0
                ? host
                : HostPort.literal(host).map(IpText::of).orElse(host);
    }

    private static String of(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        int gap = firstOfLongestZeros(groups);
        int gapEnd = gap + zerosAt(groups, gap);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i = gapEnd - 1;
            } else {
                if (i > 0 && i != gapEnd) {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** Where the longest run of zeros begins, the first of several; beyond the end if none has two groups. */
    private static int firstOfLongestZeros(int[] groups) {
        int best = GROUPS;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosAt(groups, i);
            if (zeros > longest) {
                longest = zeros;
                best = i;
            }
        }
        return best;
    }

    private static int zerosAt(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }
}
