package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.HistoryEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Events of peers. A key is the identity and a number that falls as time goes on, so the newest event of a peer comes first. Used by one
 * thread at a time, except for the static methods.
 */
final class HistoryFamily {

    private static final int MAX_EVENTS = 512;

    /** A peer's events are counted at the first one in a run and then every so many, not each time. */
    private static final int TRIM_EVERY = 64;

    private static final int MAX_COUNTED_PEERS = 4_096;
    private static final int KEY_BYTES = NodeId.BYTES + Long.BYTES;

    private final Map<NodeId, Integer> sinceTrim = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Integer> eldest) {
            return size() > MAX_COUNTED_PEERS;
        }
    };
    private final Set<NodeId> inBatch = new HashSet<>();
    private long lastNumber = Long.MAX_VALUE;

    static List<HistoryEvent> newest(RocksDbFiles files, NodeId id, int limit) throws RocksDBException {
        List<HistoryEvent> events = new ArrayList<>();
        try (ReadOptions options = new ReadOptions();
                RecordCursor at = new RecordCursor(files, Family.HISTORY, options)) {
            byte[] first = id.toBytes();
            for (at.seek(first); events.size() < limit && at.isValid() && belongs(first, at.key()); at.next()) {
                try {
                    events.add(RecordCodec.decodeEvent(at.value()));
                } catch (DamagedRecordException e) {
                    // Told by verify(); the other events are sound.
                }
            }
        }
        return events;
    }

    void beginBatch() {
        inBatch.clear();
    }

    void append(RocksDbFiles files, WriteBatch batch, NodeId id, HistoryEvent event) throws RocksDBException {
        batch.put(files.handle(Family.HISTORY), key(id, event), RecordCodec.encode(event));
        inBatch.add(id);
        int count = sinceTrim.merge(id, 1, Integer::sum);
        if (count == 1 || count > TRIM_EVERY) {
            sinceTrim.put(id, 2);
            deleteFrom(files, batch, id, MAX_EVENTS);
        }
    }

    void forget(RocksDbFiles files, WriteBatch batch, NodeId id) throws RocksDBException {
        if (inBatch.contains(id)) {
            batch.deleteRange(files.handle(Family.HISTORY), id.toBytes(), behind(id));
        } else {
            // One by one: many range deletions make every later walk slow, and most peers have few events.
            deleteFrom(files, batch, id, 0);
        }
        sinceTrim.remove(id);
    }

    private static void deleteFrom(RocksDbFiles files, WriteBatch batch, NodeId id, int keep) throws RocksDBException {
        int count = 0;
        byte[] first = id.toBytes();
        try (RocksIterator at = files.db().newIterator(files.handle(Family.HISTORY))) {
            for (at.seek(first); at.isValid(); at.next()) {
                byte[] key = at.key();
                if (!belongs(first, key)) {
                    break;
                }
                if (++count > keep) {
                    batch.delete(files.handle(Family.HISTORY), key);
                }
            }
            at.status();
        }
    }

    /** Newer events have smaller numbers; two of one millisecond still differ and keep their order. */
    private byte[] key(NodeId id, HistoryEvent event) {
        long byTime = Long.MAX_VALUE - (event.at().toEpochMilli() << 20);
        lastNumber = Math.min(byTime, lastNumber - 1);
        return ByteBuffer.allocate(KEY_BYTES).put(id.toBytes()).putLong(lastNumber).array();
    }

    private static boolean belongs(byte[] id, byte[] key) {
        return key.length >= NodeId.BYTES && Arrays.equals(key, 0, NodeId.BYTES, id, 0, NodeId.BYTES);
    }

    private static byte[] behind(NodeId id) {
        byte[] end = Arrays.copyOf(id.toBytes(), KEY_BYTES + 1);
        Arrays.fill(end, NodeId.BYTES, end.length, (byte) 0xff);
        return end;
    }
}
