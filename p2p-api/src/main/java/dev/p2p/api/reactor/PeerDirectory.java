package dev.p2p.api.reactor;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import java.util.List;
import java.util.Optional;

/** What a node knows of its peers, for reactors and for whoever embeds a node. Safe to use from every thread; never waits. */
public interface PeerDirectory {

    /** The peers that are connected now: an unmodifiable snapshot in order of connection. */
    List<PeerView> connected();

    /** The current connection to a peer, if there is one. */
    Optional<PeerView> connected(NodeId id);

    /** How many peers this node knows an address of. */
    int known();

    /**
     * Tells the node of an address. It is kept if it is usable and there is room, and dialed when a slot is free. An address of
     * this node itself is taken as what the peer says of where this node can be reached.
     *
     * @param source the connection it was heard on
     */
    void learn(NodeAddress address, PeerRef source);

    /**
     * Addresses to tell a peer: chosen at random, never the peer's own, never one that the peer cannot reach as far as that
     * shows.
     *
     * @param audience who will be told
     * @param limit how many at most, at least 0
     */
    List<NodeAddress> sample(PeerRef audience, int limit);
}
