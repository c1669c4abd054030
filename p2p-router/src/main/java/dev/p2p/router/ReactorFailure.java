package dev.p2p.router;

/** What happens when a reactor throws. Either way it is logged and counted. */
public enum ReactorFailure {
    /** A new reactor takes its place, and is told of the start and of every connected peer. */
    RESTART_REACTOR,
    /** The node closes. */
    CLOSE_NODE
}
