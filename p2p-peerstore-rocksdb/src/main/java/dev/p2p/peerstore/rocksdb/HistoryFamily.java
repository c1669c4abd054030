package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.HistoryEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
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

    /** A peer's events are counted when the first one comes and then every so many, not each time. */
    private static final int TRIM_EVERY = 64;

    private static final int MAX_RECENT_PEERS = 4_096;
    private static final int KEY_BYTES = NodeId.BYTES + Long.BYTES;

    private final Map<NodeId, Recent> recent = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<NodeId> inBatch = new HashSet<>();

    /** A peer that has had events since the store was opened. */
    private static final class Recent {
        private long lastNumber = Long.MAX_VALUE;
        private int sinceTrim;
    }

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
        Iterator<NodeId> eldest = recent.keySet().iterator();
        while (recent.size() > MAX_RECENT_PEERS && eldest.hasNext()) {
            eldest.next();
            eldest.remove();
        }
    }

    void append(RocksDbFiles files, WriteBatch batch, NodeId id, HistoryEvent event) throws RocksDBException {
        Recent peer = recent.get(id);
        if (peer == null) {
            peer = new Recent();
            peer.lastNumber = trim(files, batch, id, MAX_EVENTS);
            recent.put(id, peer);
        } else if (++peer.sinceTrim >= TRIM_EVERY) {
            peer.sinceTrim = 0;
            trim(files, batch, id, MAX_EVENTS);
        }
        // Falls with time, but always: also within a millisecond, after a restart, and when the clock goes back.
        long byTime = Long.MAX_VALUE - (event.at().toEpochMilli() << 20);
        peer.lastNumber = Math.min(byTime, peer.lastNumber - 1);
        batch.put(files.handle(Family.HISTORY), key(id, peer.lastNumber), RecordCodec.encode(event));
        inBatch.add(id);
    }

    void forget(RocksDbFiles files, WriteBatch batch, NodeId id) throws RocksDBException {
        if (inBatch.contains(id)) {
            batch.deleteRange(files.handle(Family.HISTORY), id.toBytes(), behind(id));
        } else {
            // One by one: many range deletions make every later walk slow, and most peers have few events.
            trim(files, batch, id, 0);
        }
    }

    /**
     * Deletes all but the newest events that are on disk.
     *
     * @return the newest one's number
     */
    private static long trim(RocksDbFiles files, WriteBatch batch, NodeId id, int keep) throws RocksDBException {
        int count = 0;
        long newest = Long.MAX_VALUE;
        byte[] first = id.toBytes();
        try (RocksIterator at = files.db().newIterator(files.handle(Family.HISTORY))) {
            for (at.seek(first); at.isValid(); at.next()) {
                byte[] key = at.key();
                if (!belongs(first, key)) {
                    break;
                }
                if (count == 0 && key.length == KEY_BYTES) {
                    newest = ByteBuffer.wrap(key).getLong(NodeId.BYTES);
                }
                if (++count > keep) {
                    batch.delete(files.handle(Family.HISTORY), key);
                }
            }
            at.status();
        }
        return newest;
    }

    private static byte[] key(NodeId id, long number) {
        return ByteBuffer.allocate(KEY_BYTES).put(id.toBytes()).putLong(number).array();
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
