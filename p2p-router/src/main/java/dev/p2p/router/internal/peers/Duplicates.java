package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.NodeId;
import java.time.Duration;
import java.time.Instant;

/** Which of two connections with one peer stays. Both sides compute the same from what both know. */
final class Duplicates {

    /** Two connections of opposite direction that come within this time are two sides dialing each other. */
    private static final Duration SIMULTANEOUS = Duration.ofSeconds(5);

    private Duplicates() {}

    /**
     * Whether the new connection replaces the old one.
     *
     * <p>In the same direction it does: a peer that dials again has lost the old one. In opposite directions, right after each
     * other, the one that was dialed by the smaller identity stays. Otherwise the old one stays, as in CometBFT.
     */
    static boolean newOneStays(NodeId self, Connections.Live old, Direction direction, Instant now) {
        if (old.direction() == direction) {
            return true;
        }
        if (Duration.between(old.since(), now).compareTo(SIMULTANEOUS) > 0) {
            return false;
        }
        NodeId peer = old.peer().id();
        NodeId dialer = direction == Direction.OUTBOUND ? self : peer;
        NodeId other = direction == Direction.OUTBOUND ? peer : self;
        return dialer.compareTo(other) < 0;
    }
}
