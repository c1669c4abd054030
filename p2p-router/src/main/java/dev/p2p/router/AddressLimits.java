package dev.p2p.router;

import dev.p2p.api.IpBlock;
import java.net.InetAddress;
import java.util.List;

/**
 * How many connections one address may open to a node. An IPv6 address counts with its whole /64, because that is what one
 * customer gets.
 *
 * @param pending the most that have not proven themselves, at least 1
 * @param live the most altogether, at least 1
 * @param exempt from where any number may come; only the node's common limits hold there
 */
public record AddressLimits(int pending, int live, List<IpBlock> exempt) {

    /** Room for a few nodes behind one router; a machine may talk to itself as much as it likes. */
    public static final AddressLimits STANDARD =
            new AddressLimits(8, 8, List.of(IpBlock.parse("127.0.0.0/8"), IpBlock.parse("::1")));

    public AddressLimits {
        if (pending < 1 || live < 1) {
            throw new IllegalArgumentException(
                    "one address may open at least 1 connection, not " + pending + " pending and " + live + " live");
        }
        exempt = List.copyOf(exempt);
    }

    /** Whether no limit holds for an address. */
    public boolean isExempt(InetAddress address) {
        return exempt.stream().anyMatch(block -> block.contains(address));
    }
}
