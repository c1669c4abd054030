package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.NodeId;
import java.time.Duration;
import java.time.Instant;

/** Which of two connections with one peer stays. Both sides compute the same from what both know. */
final class Duplicates {

    /** Two connections of opposite direction that come within this time are two sides dialing each other. */
    static final Duration SIMULTANEOUS = Duration.ofSeconds(5);

    /** What to do with the new connection. */
    enum Verdict {
        /** It replaces the old one. */
        REPLACE,
        /** It is refused. */
        REFUSE,
        /** It waits until the old one has shown that it lives, or has not. */
        PROBE
    }

    private Duplicates() {}

    /**
     * In the same direction the new one replaces the old one: a peer that dials again has lost the old one. In opposite directions,
     * right after each other, the one that was dialed by the smaller identity stays. Otherwise the old one stays if it
     * lives.
     */
    static Verdict judge(NodeId self, Live old, Direction direction, Instant now) {
        if (old.closing || old.direction == direction) {
            return Verdict.REPLACE;
        }
        if (Duration.between(old.since, now).compareTo(SIMULTANEOUS) > 0) {
            return Verdict.PROBE;
        }
        NodeId peer = old.peer.id();
        NodeId dialer = direction == Direction.OUTBOUND ? self : peer;
        NodeId other = direction == Direction.OUTBOUND ? peer : self;
        return dialer.compareTo(other) < 0 ? Verdict.REPLACE : Verdict.REFUSE;
    }
}
