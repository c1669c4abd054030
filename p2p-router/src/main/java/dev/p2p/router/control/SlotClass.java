package dev.p2p.router.control;

import java.util.Locale;

/** What a connection counts against. Every connection, and every attempt at one, has exactly one class. */
public enum SlotClass {
    /** Persistent and unconditional peers, and dials that an operator asked for: outside the caps. */
    RESERVED,
    /** Peers that this node chose and dialed. */
    OUTBOUND,
    /** Peers that came by themselves. */
    INBOUND,
    /** Peers that came by themselves while the inbound slots were taken: served for a short time, then ended. */
    NEWCOMER,
    /** Short connections that verify an address. */
    FEELER;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The class's stable word, such as {@code outbound}. */
    @Override
    public String toString() {
        return word;
    }
}
