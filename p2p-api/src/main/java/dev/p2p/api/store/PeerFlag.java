package dev.p2p.api.store;

import java.util.Locale;

/** What an operator wants of one peer, whatever its quality. */
public enum PeerFlag {
    /** Stay connected to it: dialed without end, outside the caps. */
    PERSISTENT,
    /** Admit it whenever it comes, outside the caps. */
    UNCONDITIONAL,
    /** Never tell another peer of it. */
    PRIVATE,
    /** Never end its connection to make room for another peer. */
    PROTECTED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The flag's stable word, such as {@code persistent}. */
    @Override
    public String toString() {
        return word;
    }
}
