package dev.p2p.api.transport;

/** Which end of a byte stream this node is. */
public enum Side {
    /** This node opened the stream. */
    DIALER,
    /** This node accepted it. */
    ACCEPTOR
}
