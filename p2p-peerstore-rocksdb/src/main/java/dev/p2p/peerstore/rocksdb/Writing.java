package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerRecord;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Turns changes into one atomic batch. Used by one thread at a time. */
final class Writing {

    private static final int BATCH_BYTES_PER_CHANGE = 300;

    private final HistoryFamily history = new HistoryFamily();
    private final BanMarks bans = new BanMarks();

    /** Learns who is banned, once, so that a record without a ban costs no look-up. */
    void begin(RocksDbFiles files) throws RocksDBException {
        if (files.has(Family.BANS)) {
            try (ReadOptions options = new ReadOptions().setFillCache(false);
                    RecordCursor at = new RecordCursor(files, Family.BANS, options)) {
                for (at.first(); at.isValid(); at.next()) {
                    bans.add(at.key());
                }
            }
        }
    }

    void write(RocksDbFiles files, List<Change> changes, Durability durability) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch(changes.size() * BATCH_BYTES_PER_CHANGE);
                WriteOptions options = new WriteOptions().setSync(durability == Durability.SYNC)) {
            history.beginBatch();
            for (Change change : changes) {
                switch (change) {
                    case Change.Put(var peer) -> put(files, batch, peer);
                    case Change.Delete(var id) -> {
                        byte[] key = id.toBytes();
                        batch.delete(files.handle(Family.PEERS), key);
                        unban(files, batch, key);
                        history.forget(files, batch, id);
                    }
                    case Change.Block(var block, var mark) ->
                        batch.put(files.handle(Family.BLOCKS), BlocksFamily.key(block), RecordCodec.encodeBan(mark));
                    case Change.Unblock(var block) ->
                        batch.delete(files.handle(Family.BLOCKS), BlocksFamily.key(block));
                    case Change.Append(var id, var event) -> history.append(files, batch, id, event);
                }
            }
            files.db().write(options, batch);
        }
    }

    private void put(RocksDbFiles files, WriteBatch batch, PeerRecord peer) throws RocksDBException {
        byte[] key = peer.id().toBytes();
        batch.put(files.handle(Family.PEERS), key, RecordCodec.encode(peer));
        if (peer.ban().isPresent()) {
            bans.add(key);
            batch.put(
                    files.handle(Family.BANS),
                    key,
                    RecordCodec.encodeBan(peer.ban().get()));
        } else {
            unban(files, batch, key);
        }
    }

    private void unban(RocksDbFiles files, WriteBatch batch, byte[] key) throws RocksDBException {
        if (bans.mayHold(key)) {
            batch.delete(files.handle(Family.BANS), key);
        }
    }
}
