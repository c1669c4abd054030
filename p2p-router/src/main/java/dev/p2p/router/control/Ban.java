package dev.p2p.router.control;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.Mark;

/** A ban that holds. */
public sealed interface Ban {

    /** When it ends, and why it was made. */
    Mark mark();

    /** A banned peer. */
    record OfPeer(NodeId id, Mark mark) implements Ban {}

    /** A banned range of IP addresses. */
    record OfBlock(IpBlock block, Mark mark) implements Ban {}
}
