package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.CompactReport;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.PeerSummary;
import dev.p2p.api.store.StoreStats;
import dev.p2p.api.store.VerifyReport;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

/** The store's operations on the families of a database. Writes take turns; everything else goes on meanwhile. */
final class RocksDbPeerStore implements PeerStore {

    private static final long READ_AHEAD_BYTES = 2L << 20;

    private final Gate gate;
    private final ReentrantLock writing = new ReentrantLock();
    private final Writing changes = new Writing();
    private final boolean writable;
    private boolean refused;

    RocksDbPeerStore(RocksDbFiles files) throws PeerStoreException {
        this.gate = new Gate(files);
        this.writable = files.access() == Access.READ_WRITE;
        try {
            changes.begin(files);
        } catch (RocksDBException e) {
            files.closeQuietly();
            throw Failures.opening(files.folder(), e);
        }
    }

    @Override
    public Optional<PeerRecord> get(NodeId id) throws PeerStoreException {
        return gate.use(files -> {
            byte[] key = id.toBytes();
            byte[] value = files.db().get(files.handle(Family.PEERS), key);
            return value == null ? Optional.empty() : Optional.of(decode(key, value));
        });
    }

    @Override
    public Scan scan(PeerFilter filter) throws PeerStoreException {
        return gate.use(files -> filter instanceof PeerFilter.WithBan && files.has(Family.BANS)
                ? BanScan.over(gate, files)
                : RecordScan.over(gate, files, filter));
    }

    @Override
    public long summarise(Consumer<PeerSummary> to) throws PeerStoreException {
        return gate.use(files -> {
            long damaged = 0;
            try (ReadOptions once = readOnce();
                    RecordCursor at = new RecordCursor(files, Family.PEERS, once)) {
                for (at.first(); at.isValid(); at.next()) {
                    try {
                        to.accept(SummaryParser.parse(at.key(), at.value()));
                    } catch (DamagedRecordException e) {
                        damaged++;
                    }
                }
                return damaged + at.gaps().size();
            }
        });
    }

    @Override
    public long count() throws PeerStoreException {
        return gate.use(files -> {
            long records = 0;
            try (ReadOptions once = readOnce();
                    RecordCursor at = new RecordCursor(files, Family.PEERS, once)) {
                for (at.first(); at.isValid(); at.next()) {
                    records++;
                }
                return records;
            }
        });
    }

    @Override
    public void write(List<Change> batch, Durability durability) throws PeerStoreException {
        if (!writable) {
            throw new PeerStoreException(Problem.NOT_PERMITTED, "the store is open for reading only");
        }
        writing.lock();
        try {
            if (refused) {
                gate.reopen();
                refused = false;
            }
            gate.use(files -> {
                try {
                    changes.write(files, batch, durability);
                } catch (RocksDBException e) {
                    refused = true;
                    throw e;
                }
                return true;
            });
        } finally {
            writing.unlock();
        }
    }

    @Override
    public List<HistoryEvent> history(NodeId id, int limit) throws PeerStoreException {
        return gate.use(files -> HistoryFamily.newest(files, id, limit));
    }

    @Override
    public Map<IpBlock, Mark> blocks() throws PeerStoreException {
        return gate.use(files -> files.has(Family.BLOCKS) ? BlocksFamily.all(files) : Map.of());
    }

    @Override
    public VerifyReport verify(VerifyReport.Depth depth) throws PeerStoreException {
        return gate.use(files -> new Verification(files).run(depth));
    }

    @Override
    public CompactReport compact() throws PeerStoreException {
        if (!writable) {
            throw new PeerStoreException(Problem.NOT_PERMITTED, "the store is open for reading only");
        }
        return gate.use(Upkeep::compact);
    }

    @Override
    public StoreStats stats() throws PeerStoreException {
        return gate.use(Upkeep::stats);
    }

    @Override
    public void close() throws PeerStoreException {
        gate.close();
    }

    private static PeerRecord decode(byte[] key, byte[] value) throws PeerStoreException {
        try {
            return RecordCodec.decodePeer(key, value);
        } catch (DamagedRecordException e) {
            throw new PeerStoreException(
                    Problem.DAMAGED,
                    "the record of " + HexFormat.of().formatHex(key) + " is damaged: " + e.getMessage(),
                    e);
        }
    }

    /** For a walk over everything, which would drive what is needed again out of the cache. */
    private static ReadOptions readOnce() {
        return new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD_BYTES);
    }
}
