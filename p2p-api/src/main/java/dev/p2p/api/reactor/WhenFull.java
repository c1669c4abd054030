package dev.p2p.api.reactor;

/** What happens to a message that arrives while its reactor is behind. */
public enum WhenFull {
    /** Stop reading from this peer until there is room. All its channels wait; the link stays alive. */
    PAUSE_PEER,
    /** Drop the message that arrives. */
    DROP_NEWEST,
    /** Drop the message that waits longest in the same lane. */
    DROP_OLDEST,
    /** End the connection. */
    DISCONNECT
}
