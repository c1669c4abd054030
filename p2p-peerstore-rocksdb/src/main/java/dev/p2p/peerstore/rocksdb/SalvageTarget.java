package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.VerifyReport;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Takes what was found into the new store: sound entries only, and of each the one that comes first. */
final class SalvageTarget {

    /** What is saved, in this order; the schema is the new store's own. */
    static final List<Family> FAMILIES = List.of(Family.PEERS, Family.HISTORY, Family.BANS, Family.BLOCKS);

    private static final int BATCH = 1_000;

    private final RocksDbFiles to;
    private final WriteBatch batch = new WriteBatch();
    private final List<String> refused = new ArrayList<>();

    SalvageTarget(RocksDbFiles to) {
        this.to = to;
    }

    /** Takes an entry that is newer than any that was taken before. */
    void put(Family family, byte[] key, byte[] value) throws RocksDBException {
        try {
            Soundness.require(family, key, value);
            batch.put(to.handle(family), key, value);
            if (family == Family.PEERS) {
                var ban = RecordCodec.decodePeer(key, value).ban();
                if (ban.isPresent()) {
                    batch.put(to.handle(Family.BANS), key, RecordCodec.encodeBan(ban.get()));
                }
            }
        } catch (DamagedRecordException e) {
            refuse(family, key, e);
        }
        if (batch.count() >= BATCH) {
            flush();
        }
    }

    /** Takes an entry unless there is one. */
    void putIfAbsent(Family family, byte[] key, byte[] value) throws RocksDBException {
        flush();
        if (to.db().get(to.handle(family), key) == null) {
            put(family, key, value);
        }
    }

    void replace(PeerRecord peer) throws RocksDBException {
        batch.put(to.handle(Family.PEERS), peer.id().toBytes(), RecordCodec.encode(peer));
    }

    void flush() throws RocksDBException {
        if (batch.count() > 0) {
            try (WriteOptions options = new WriteOptions()) {
                to.db().write(options, batch);
            }
            batch.clear();
        }
    }

    /** What was found and is damaged. */
    List<String> refused() {
        return refused;
    }

    private void refuse(Family family, byte[] key, Exception e) {
        if (refused.size() < VerifyReport.MAX_LINES) {
            refused.add(family.name().toLowerCase(Locale.ROOT) + " "
                    + HexFormat.of().formatHex(key) + ": " + e.getMessage());
        }
    }
}
