package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import java.nio.charset.StandardCharsets;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The version of a store's layout: decimal digits under {@code schema} in the family {@code default}. */
final class StoreSchema {

    /** 1: records and history. 2: the bans once more, in a family of their own; bans of address ranges. */
    static final int CURRENT = 2;

    private static final byte[] KEY = "schema".getBytes(StandardCharsets.UTF_8);
    private static final int BATCH = 1_000;

    private StoreSchema() {}

    /** Refuses a newer store, brings an older one up if it may be written, and marks a new one. */
    static void check(RocksDbFiles files) throws RocksDBException, PeerStoreException {
        int stored = of(files);
        if (stored > CURRENT) {
            throw new PeerStoreException(
                    Problem.WRONG_VERSION, "it has schema " + stored + ", this version knows up to " + CURRENT);
        }
        if (stored < CURRENT && files.access() == Access.READ_WRITE) {
            // Again from the start if this process dies on the way: the new schema is written last, and all of it is
            // repeatable.
            addBans(files);
            try (WriteOptions durable = new WriteOptions().setSync(true)) {
                files.db().put(durable, KEY, String.valueOf(CURRENT).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** The schema of a store; a store without one is new, and as good as one of the first. */
    static int of(RocksDbFiles files) throws RocksDBException, PeerStoreException {
        byte[] stored = files.db().get(KEY);
        String text = stored == null ? "1" : new String(stored, StandardCharsets.UTF_8);
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new PeerStoreException(Problem.DAMAGED, "its schema is no number");
        }
        return Integer.parseInt(text);
    }

    private static void addBans(RocksDbFiles files) throws RocksDBException {
        try (ReadOptions options = new ReadOptions();
                RecordCursor at = new RecordCursor(files, Family.PEERS, options);
                WriteOptions write = new WriteOptions();
                WriteBatch batch = new WriteBatch()) {
            for (at.first(); at.isValid(); at.next()) {
                try {
                    PeerRecord peer = RecordCodec.decodePeer(at.key(), at.value());
                    if (peer.ban().isPresent()) {
                        batch.put(
                                files.handle(Family.BANS),
                                at.key(),
                                RecordCodec.encodeBan(peer.ban().get()));
                    }
                } catch (DamagedRecordException e) {
                    // Stays where it is; verify() tells of it.
                }
                if (batch.count() >= BATCH) {
                    files.db().write(write, batch);
                    batch.clear();
                }
            }
            files.db().write(write, batch);
        }
    }
}
