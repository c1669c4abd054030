package dev.p2p.api.reactor;

/** What became of a message that was to be sent. */
public enum SendResult {
    /** It will be written after all that was queued before it on this channel, or the connection ends first. */
    QUEUED,
    /** The channel's queue for this peer has no room. */
    FULL,
    /** There is no connection to this peer. */
    NOT_CONNECTED,
    /** The named connection is gone; there may be a newer one. */
    STALE,
    /** The peer does not serve the channel. */
    NO_CHANNEL,
    /** The encoded message is longer than the channel allows. */
    TOO_LARGE,
    /** The node is closing or was not started. */
    CLOSED
}
