package dev.p2p.router.control;

/** What became of an operator's wish. */
public enum Outcome {
    /** It was done. */
    DONE,
    /** Nothing was to be done: it was so already. */
    UNCHANGED,
    /** It was done to a peer that was known already. Only of what is taken in. */
    UPDATED,
    /** The peer is not known. */
    UNKNOWN_PEER,
    /** No address of the peer is known. */
    NO_ADDRESS,
    /** The peer, or where it is, is banned. */
    BANNED,
    /** The address is this node's own. */
    OWN_ADDRESS,
    /** The address can be no destination: its port is 0, or its range is reserved. */
    UNUSABLE_ADDRESS,
    /** There is no room, and nothing that may make room. */
    NO_ROOM
}
