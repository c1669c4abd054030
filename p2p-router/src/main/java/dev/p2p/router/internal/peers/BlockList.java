package dev.p2p.router.internal.peers;

import dev.p2p.api.Endpoint;
import dev.p2p.api.HostPort;
import dev.p2p.api.IpBlock;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.store.Mark;
import java.net.InetAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The banned ranges of IP addresses. A look-up costs one step for each length of prefix that occurs. */
final class BlockList {

    static final int MAX_BLOCKS = 10_000;

    private final Map<IpBlock, Mark> blocks = new LinkedHashMap<>();
    private final TreeSet<Integer> v4Lengths = new TreeSet<>();
    private final TreeSet<Integer> v6Lengths = new TreeSet<>();

    /** Adds or replaces a ban. Returns false if there is no room, ended ones not counted. */
    boolean add(IpBlock block, Mark mark, Instant now) {
        if (blocks.size() >= MAX_BLOCKS && !blocks.containsKey(block)) {
            blocks.values().removeIf(old -> !old.holdsAt(now));
            if (blocks.size() >= MAX_BLOCKS) {
                return false;
            }
        }
        blocks.put(block, mark);
        lengths(block.first()).add(block.prefixBits());
        return true;
    }

    boolean remove(IpBlock block) {
        return blocks.remove(block) != null;
    }

    /** The ban that holds for an address. */
    Optional<Mark> ban(InetAddress ip, Instant now) {
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        for (int bits : lengths(ip)) {
            Mark mark = blocks.get(IpBlock.around(ip, bits));
            if (mark != null && mark.holdsAt(now)) {
                return Optional.of(mark);
            }
        }
        return Optional.empty();
    }

    boolean bans(Endpoint place, Instant now) {
        return !blocks.isEmpty()
                && place instanceof NetEndpoint net
                && ban(net.ip(), now).isPresent();
    }

    /** Whether an address is banned as far as that shows without a look-up. */
    boolean bans(NodeAddress address, Instant now) {
        return banEnd(address, now).isPresent();
    }

    /** When the ban of an address ends, as far as that shows without a look-up; empty if there is none. */
    Optional<Instant> banEnd(NodeAddress address, Instant now) {
        return blocks.isEmpty() || address.host().isEmpty()
                ? Optional.empty()
                : new HostPort(address.host(), address.port())
                        .ip()
                        .flatMap(ip -> ban(ip, now))
                        .map(Mark::until);
    }

    /** The bans that hold. */
    Map<IpBlock, Mark> holding(Instant now) {
        Map<IpBlock, Mark> holding = new LinkedHashMap<>();
        blocks.forEach((block, mark) -> {
            if (mark.holdsAt(now)) {
                holding.put(block, mark);
            }
        });
        return holding;
    }

    private TreeSet<Integer> lengths(InetAddress ip) {
        return ip.getAddress().length == 4 ? v4Lengths : v6Lengths;
    }
}
