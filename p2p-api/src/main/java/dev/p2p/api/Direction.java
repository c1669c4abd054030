package dev.p2p.api;

/** Who opened a connection. */
public enum Direction {
    /** The peer dialed this node. */
    INBOUND,
    /** This node dialed the peer. */
    OUTBOUND
}
