package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** A walk over one family as it was when the walk began. The store may be closed between two steps. */
abstract class FamilyScan implements PeerStore.Scan, Gate.Walk {

    protected final ReadOptions options;
    protected final RecordCursor at;
    protected long damaged;
    private final Gate gate;
    private final RocksDbFiles files;
    private final Snapshot snapshot;
    private boolean freed;

    /** Called while the database is in use. The cursor stands nowhere yet. */
    protected FamilyScan(Gate gate, RocksDbFiles files, Family family) {
        this.gate = gate;
        this.files = files;
        this.snapshot = files.db().getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
        this.at = new RecordCursor(files, family, options);
    }

    /** Reads where the cursor stands, and moves it on. Empty if that is nothing to tell. */
    protected abstract Optional<PeerRecord> step(RocksDbFiles open) throws RocksDBException;

    @Override
    public final Optional<PeerRecord> next() throws PeerStoreException {
        return gate.use(open -> {
            requireWhole();
            Optional<PeerRecord> peer = Optional.empty();
            while (peer.isEmpty() && at.isValid()) {
                peer = step(open);
            }
            return peer;
        });
    }

    @Override
    public final long damaged() {
        return damaged + at.gaps().size();
    }

    @Override
    public final void close() {
        gate.release(this);
    }

    @Override
    public final void free() {
        freed = true;
        Settings.free(List.of(options, at));
        files.db().releaseSnapshot(snapshot);
    }

    /** A store that had to be opened anew ends the walks over it. */
    private void requireWhole() throws PeerStoreException {
        if (freed) {
            throw new PeerStoreException(Problem.IO, "the store was opened anew after a failure; begin the walk again");
        }
    }
}
