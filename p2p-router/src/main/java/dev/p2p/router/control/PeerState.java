package dev.p2p.router.control;

import java.util.Locale;

/** Where a known peer stands now. If several hold, the first in this order. */
public enum PeerState {
    /** There is a connection. */
    CONNECTED,
    /** A dial to it is in progress. */
    DIALING,
    /** It is refused and not dialed until its ban ends. */
    BANNED,
    /** It is not dialed until its mark ends, because the two nodes do not fit. */
    INCOMPATIBLE,
    /** No address of it is known. */
    NO_ADDRESS,
    /** It waits for the instant of its next attempt. */
    BACKING_OFF,
    /** It may be dialed as soon as a slot is free. */
    READY;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The state's stable word, such as {@code backing-off}. */
    @Override
    public String toString() {
        return word;
    }
}
