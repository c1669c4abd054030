package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.VerifyReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The store's operations. They share a lock that closing takes alone, so that nothing touches freed native memory.
 *
 * <p>History keys end with a number that falls as time goes on, so the newest event of a peer comes first.
 */
final class RocksDbPeerStore implements PeerStore {

    private static final int MAX_EVENTS = 512;
    private static final int MAX_REPORTED = 1_000;
    private static final String BLOCK_PREFIX = "block/";
    private static final int EVENT_KEY_BYTES = NodeId.BYTES + Long.BYTES;

    private final RocksDbFiles files;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Set<RecordScan> scans = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastEventNumber = new AtomicLong(Long.MAX_VALUE);
    private boolean closed;

    RocksDbPeerStore(RocksDbFiles files) {
        this.files = files;
    }

    private interface Work<T> {
        T run() throws RocksDBException, PeerStoreException;
    }

    @Override
    public Optional<PeerRecord> get(NodeId id) throws PeerStoreException {
        return whileOpen(() -> {
            byte[] key = id.toBytes();
            byte[] value = files.db().get(files.peers(), key);
            return value == null ? Optional.empty() : Optional.of(decode(key, value));
        });
    }

    @Override
    public Scan scan(PeerFilter filter) throws PeerStoreException {
        return whileOpen(() -> new RecordScan(filter));
    }

    @Override
    public void write(List<Change> changes, Durability durability) throws PeerStoreException {
        whileOpen(() -> {
            try (WriteBatch batch = new WriteBatch();
                    WriteOptions options = new WriteOptions().setSync(durability == Durability.SYNC)) {
                for (Change change : changes) {
                    add(batch, change);
                }
                files.db().write(options, batch);
                return true;
            }
        });
    }

    @Override
    public List<HistoryEvent> history(NodeId id, int limit) throws PeerStoreException {
        return whileOpen(() -> {
            List<HistoryEvent> events = new ArrayList<>();
            try (RocksIterator at = files.db().newIterator(files.history())) {
                for (at.seek(id.toBytes()); events.size() < limit && belongsTo(id, at); at.next()) {
                    try {
                        events.add(RecordCodec.decodeEvent(at.value()));
                    } catch (DamagedRecordException e) {
                        // Told by verify(); the other events are sound.
                    }
                }
                at.status();
            }
            return events;
        });
    }

    @Override
    public Map<IpBlock, Mark> blocks() throws PeerStoreException {
        return whileOpen(() -> {
            Map<IpBlock, Mark> blocks = new LinkedHashMap<>();
            try (RocksIterator at = files.db().newIterator()) {
                for (at.seek(BLOCK_PREFIX.getBytes(StandardCharsets.UTF_8)); at.isValid(); at.next()) {
                    String key = new String(at.key(), StandardCharsets.UTF_8);
                    if (!key.startsWith(BLOCK_PREFIX)) {
                        break;
                    }
                    try {
                        blocks.put(
                                IpBlock.parse(key.substring(BLOCK_PREFIX.length())),
                                RecordCodec.decodeMark(at.value()));
                    } catch (DamagedRecordException | IllegalArgumentException e) {
                        // Left out; the other bans are sound.
                    }
                }
                at.status();
            }
            return blocks;
        });
    }

    @Override
    public VerifyReport verify() throws PeerStoreException {
        return whileOpen(() -> {
            List<String> damaged = new ArrayList<>();
            long peers = 0;
            long events = 0;
            try (ReadOptions options =
                            new ReadOptions().setVerifyChecksums(true).setFillCache(false);
                    RocksIterator peer = files.db().newIterator(files.peers(), options);
                    RocksIterator event = files.db().newIterator(files.history(), options)) {
                for (peer.seekToFirst(); peer.isValid(); peer.next()) {
                    try {
                        RecordCodec.decodePeer(peer.key(), peer.value());
                        peers++;
                    } catch (DamagedRecordException e) {
                        report(damaged, "peer " + hex(peer.key()), e);
                    }
                }
                peer.status();
                for (event.seekToFirst(); event.isValid(); event.next()) {
                    try {
                        RecordCodec.decodeEvent(event.value());
                        events++;
                    } catch (DamagedRecordException e) {
                        report(damaged, "event " + hex(event.key()), e);
                    }
                }
                event.status();
            }
            return new VerifyReport(peers, events, damaged);
        });
    }

    @Override
    public void close() throws PeerStoreException {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                scans.forEach(RecordScan::free);
                files.close();
            }
        } catch (RocksDBException e) {
            throw failed(e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void add(WriteBatch batch, Change change) throws RocksDBException {
        switch (change) {
            case Change.Put(var peer) -> batch.put(files.peers(), peer.id().toBytes(), RecordCodec.encode(peer));
            case Change.Delete(var id) -> {
                batch.delete(files.peers(), id.toBytes());
                batch.deleteRange(files.history(), id.toBytes(), afterEventsOf(id));
            }
            case Change.Block(var block, var mark) -> batch.put(blockKey(block), RecordCodec.encodeMark(mark));
            case Change.Unblock(var block) -> batch.delete(blockKey(block));
            case Change.Append(var id, var event) -> {
                batch.put(files.history(), eventKey(id, event), RecordCodec.encode(event));
                trim(batch, id);
            }
        }
    }

    private static byte[] blockKey(IpBlock block) {
        return (BLOCK_PREFIX + block).getBytes(StandardCharsets.UTF_8);
    }

    /** Newer events have smaller numbers; two of one millisecond still differ and keep their order. */
    private byte[] eventKey(NodeId id, HistoryEvent event) {
        long byTime = Long.MAX_VALUE - (event.at().toEpochMilli() << 20);
        long number = lastEventNumber.updateAndGet(last -> byTime < last ? byTime : last - 1);
        return ByteBuffer.allocate(EVENT_KEY_BYTES)
                .put(id.toBytes())
                .putLong(number)
                .array();
    }

    private void trim(WriteBatch batch, NodeId id) throws RocksDBException {
        int count = 0;
        try (RocksIterator at = files.db().newIterator(files.history())) {
            for (at.seek(id.toBytes()); belongsTo(id, at); at.next()) {
                if (++count >= MAX_EVENTS) {
                    batch.delete(files.history(), at.key());
                }
            }
            at.status();
        }
    }

    private static boolean belongsTo(NodeId id, RocksIterator at) {
        return at.isValid() && Arrays.equals(at.key(), 0, NodeId.BYTES, id.toBytes(), 0, NodeId.BYTES);
    }

    private static byte[] afterEventsOf(NodeId id) {
        byte[] end = Arrays.copyOf(id.toBytes(), EVENT_KEY_BYTES + 1);
        Arrays.fill(end, NodeId.BYTES, end.length, (byte) 0xff);
        return end;
    }

    private static PeerRecord decode(byte[] key, byte[] value) throws PeerStoreException {
        try {
            return RecordCodec.decodePeer(key, value);
        } catch (DamagedRecordException e) {
            throw new PeerStoreException(
                    Problem.DAMAGED, "the record of " + hex(key) + " is damaged: " + e.getMessage(), e);
        }
    }

    private <T> T whileOpen(Work<T> work) throws PeerStoreException {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            return work.run();
        } catch (RocksDBException e) {
            throw failed(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static PeerStoreException failed(RocksDBException e) {
        boolean damaged = e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
        return new PeerStoreException(damaged ? Problem.DAMAGED : Problem.IO, "RocksDB failed: " + e.getMessage(), e);
    }

    private static void report(List<String> damaged, String what, DamagedRecordException e) {
        if (damaged.size() < MAX_REPORTED) {
            damaged.add(what + ": " + e.getMessage());
        }
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    /** A walk over a snapshot; each step takes the lock, so the store may be closed between two. */
    private final class RecordScan implements Scan {

        private final PeerFilter filter;
        private final RocksIterator at;
        private boolean ended;

        RecordScan(PeerFilter filter) {
            this.filter = filter;
            this.at = files.db().newIterator(files.peers());
            scans.add(this);
            if (filter instanceof PeerFilter.From(var first)) {
                at.seek(first.toBytes());
            } else {
                at.seekToFirst();
            }
        }

        @Override
        public Optional<PeerRecord> next() throws PeerStoreException {
            return whileOpen(() -> {
                while (!ended && at.isValid()) {
                    byte[] key = at.key();
                    byte[] value = at.value();
                    at.next();
                    try {
                        PeerRecord peer = RecordCodec.decodePeer(key, value);
                        if (filter.matches(peer)) {
                            return Optional.of(peer);
                        }
                    } catch (DamagedRecordException e) {
                        // Quarantined: verify() tells of it.
                    }
                }
                at.status();
                return Optional.empty();
            });
        }

        @Override
        public void close() {
            lock.readLock().lock();
            try {
                free();
            } finally {
                lock.readLock().unlock();
            }
        }

        /** Frees the iterator, which must happen before the database is freed. */
        private void free() {
            ended = true;
            if (scans.remove(this)) {
                at.close();
            }
        }
    }
}
