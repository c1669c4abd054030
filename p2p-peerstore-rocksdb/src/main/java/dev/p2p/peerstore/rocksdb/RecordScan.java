package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** A walk over the records as they were when it began. The store may be closed between two steps. */
final class RecordScan implements PeerStore.Scan, Gate.Walk {

    private final Gate gate;
    private final PeerFilter filter;
    private final RocksDbFiles files;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private final RecordCursor at;
    private long damaged;
    private boolean freed;

    private RecordScan(Gate gate, RocksDbFiles files, PeerFilter filter) {
        this.gate = gate;
        this.filter = filter;
        this.files = files;
        this.snapshot = files.db().getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
        this.at = new RecordCursor(files, Family.PEERS, options);
    }

    /** Called while the database is in use. */
    static RecordScan over(Gate gate, RocksDbFiles files, PeerFilter filter) throws RocksDBException {
        RecordScan scan = new RecordScan(gate, files, filter);
        gate.add(scan);
        if (filter instanceof PeerFilter.From(var first)) {
            scan.at.seek(first.toBytes());
        } else {
            scan.at.first();
        }
        return scan;
    }

    @Override
    public Optional<PeerRecord> next() throws PeerStoreException {
        return gate.use(files -> {
            requireWhole(freed);
            while (at.isValid()) {
                Optional<PeerRecord> peer = here();
                at.next();
                if (peer.filter(filter::matches).isPresent()) {
                    return peer;
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public long damaged() {
        return damaged + at.gaps().size();
    }

    @Override
    public void close() {
        gate.release(this);
    }

    @Override
    public void free() {
        freed = true;
        Settings.free(List.of(options, at));
        files.db().releaseSnapshot(snapshot);
    }

    /** A store that had to be opened anew ends the walks over it. */
    static void requireWhole(boolean freed) throws PeerStoreException {
        if (freed) {
            throw new PeerStoreException(Problem.IO, "the store was opened anew after a failure; begin the walk again");
        }
    }

    private Optional<PeerRecord> here() {
        try {
            return Optional.of(RecordCodec.decodePeer(at.key(), at.value()));
        } catch (DamagedRecordException e) {
            damaged++;
            return Optional.empty();
        }
    }
}
