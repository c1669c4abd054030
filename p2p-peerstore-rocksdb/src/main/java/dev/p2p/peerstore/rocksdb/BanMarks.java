package dev.p2p.peerstore.rocksdb;

import java.util.BitSet;

/**
 * Who may have an entry among the bans: 128 KiB of bits however many there are. Says yes too often, never no wrongly, so what it costs is
 * now and then a deletion of nothing.
 */
final class BanMarks {

    private static final int BITS = 1 << 20;

    private final BitSet marks = new BitSet(BITS);

    void add(byte[] key) {
        marks.set(place(key));
    }

    boolean mayHold(byte[] key) {
        return marks.get(place(key));
    }

    /** Identities are hashes, so any of their bits will do. */
    private static int place(byte[] key) {
        int last = key.length - 1;
        return last < 2 ? 0 : (key[last] & 0xff | (key[last - 1] & 0xff) << 8 | (key[last - 2] & 0xf) << 16);
    }
}
