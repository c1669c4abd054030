package dev.p2p.api.store;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;

/** One change of a store. */
public sealed interface Change {

    /** Writes a record, in place of the peer's earlier one. */
    record Put(PeerRecord peer) implements Change {}

    /** Forgets a peer with its history. Does nothing if there is none. */
    record Delete(NodeId id) implements Change {}

    /** Adds to a peer's history. A store may drop the oldest events. */
    record Append(NodeId id, HistoryEvent event) implements Change {}

    /** Bans a range of IP addresses, in place of an earlier ban of the same range. */
    record Block(IpBlock block, Mark mark) implements Change {}

    /** Lifts the ban of exactly this range. Does nothing if there is none. */
    record Unblock(IpBlock block) implements Change {}
}
