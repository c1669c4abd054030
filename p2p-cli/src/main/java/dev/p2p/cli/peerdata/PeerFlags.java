package dev.p2p.cli.peerdata;

import java.time.Instant;

/** What is special about a peer, as letters. */
final class PeerFlags {

    private PeerFlags() {}

    /** A letter for each. */
    static String letters(PeerRow row, Instant now) {
        StringBuilder letters = new StringBuilder();
        if (row.record().ban().filter(mark -> mark.holdsAt(now)).isPresent()) {
            letters.append('B');
        }
        if (row.record().incompatible().filter(mark -> mark.holdsAt(now)).isPresent()) {
            letters.append('I');
        }
        return letters.isEmpty() ? "-" : letters.toString();
    }
}
