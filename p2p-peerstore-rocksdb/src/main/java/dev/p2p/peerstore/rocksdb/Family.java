package dev.p2p.peerstore.rocksdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The column families; their order is that of their numbers in a store, and never changes. */
enum Family {
    /** About the store itself: its schema. */
    META("default"),
    /** A record for each peer. */
    PEERS("peers"),
    /** Events of peers. */
    HISTORY("history"),
    /** The bans once more, since schema 2: found without reading all records, and in files of their own. */
    BANS("bans"),
    /** Bans of address ranges, since schema 2. */
    BLOCKS("blocks");

    private final String text;

    Family(String text) {
        this.text = text;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Family> of(byte[] name) {
        return Arrays.stream(values())
                .filter(family -> Arrays.equals(family.bytes(), name))
                .findFirst();
    }
}
