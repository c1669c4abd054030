package dev.p2p.cli.crawl;

import dev.p2p.api.AddressScope;
import dev.p2p.api.HostPort;
import dev.p2p.cli.dial.Target;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The small network that a place belongs to, whose owner a crawl must not annoy: /24 for IPv4, /48 for IPv6. Places that are not
 * public are the crawler's own network; they have no limits.
 *
 * @param group names the small network; the same for all that is not public
 * @param host the single machine
 * @param limited whether the limits hold there
 */
record Neighbourhood(String group, String host, boolean limited) {

    private static final Neighbourhood OWN = new Neighbourhood("own", "own", false);

    static Neighbourhood of(Target target) {
        Optional<HostPort> place = target.place();
        if (place.isEmpty()) {
            return OWN;
        }
        Optional<InetAddress> ip = place.get().ip();
        if (ip.isEmpty()) {
            return new Neighbourhood(place.get().host(), place.get().host(), true);
        }
        if (!AddressScope.of(ip.get()).routable()) {
            return OWN;
        }
        byte[] bytes = ip.get().getAddress();
        int kept = ip.get() instanceof Inet4Address ? 3 : 6;
        StringBuilder group = new StringBuilder();
        for (int i = 0; i < kept; i++) {
            group.append(String.format("%02x", bytes[i]));
        }
        return new Neighbourhood(group.toString(), place.get().host(), true);
    }
}
