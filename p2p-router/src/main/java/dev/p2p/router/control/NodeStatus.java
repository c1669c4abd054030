package dev.p2p.router.control;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A node at one moment.
 *
 * @param self what the node tells of itself
 * @param startedAt when it was started
 * @param now when this was taken
 * @param slots what is used of each class, in the order of {@link SlotClass}
 * @param known how many peers are known
 * @param verified of these, how many have an address at which a connection was made
 * @param maxKnown the most that are kept
 * @param banned how many peers are banned now
 * @param blocks how many ranges of IP addresses are banned now
 * @param dialing how many dials are in progress
 * @param waiting how many peers wait for the instant of their next attempt
 * @param ready how many may be dialed as soon as a slot is free
 * @param absent how many peers that have a slot of their own are not connected
 * @param nextWake when the peer manager acts next if nothing happens before
 * @param plans what it does by itself, and when at the earliest; soonest first
 * @param ownAddresses where this node can be reached as far as it knows, best first
 * @param missedEvents events that slow subscribers did not get
 */
public record NodeStatus(
        NodeInfo self,
        Instant startedAt,
        Instant now,
        List<SlotUse> slots,
        int known,
        int verified,
        int maxKnown,
        int banned,
        int blocks,
        int dialing,
        int waiting,
        int ready,
        int absent,
        Optional<Instant> nextWake,
        List<Explanation.NextStep> plans,
        List<OwnAddress> ownAddresses,
        long missedEvents) {

    public NodeStatus {
        slots = List.copyOf(slots);
        plans = List.copyOf(plans);
        ownAddresses = List.copyOf(ownAddresses);
    }

    /**
     * The use of one class.
     *
     * @param connected live connections
     * @param pending attempts in progress
     * @param cap the most of both together; empty if the class has no cap
     */
    public record SlotUse(SlotClass slot, int connected, int pending, Optional<Integer> cap) {}

    /**
     * An address of this node.
     *
     * @param how what says so: {@code configured}, {@code interface} or {@code observed}
     * @param told whether other peers are told of it
     */
    public record OwnAddress(NodeAddress address, String how, boolean told) {}
}
