package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** A walk over the bans. Who is banned but has no readable record is told as known by nothing but its ban. */
final class BanScan implements PeerStore.Scan, Gate.Walk {

    private final Gate gate;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private final RecordCursor at;
    private final RocksDbFiles files;
    private long damaged;
    private boolean freed;

    private BanScan(Gate gate, RocksDbFiles files) {
        this.gate = gate;
        this.files = files;
        this.snapshot = files.db().getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
        this.at = new RecordCursor(files, Family.BANS, options);
    }

    /** Called while the database is in use. */
    static BanScan over(Gate gate, RocksDbFiles files) throws RocksDBException {
        BanScan scan = new BanScan(gate, files);
        gate.add(scan);
        scan.at.first();
        return scan;
    }

    @Override
    public Optional<PeerRecord> next() throws PeerStoreException {
        return gate.use(open -> {
            RecordScan.requireWhole(freed);
            while (at.isValid()) {
                byte[] key = at.key();
                byte[] value = at.value();
                at.next();
                try {
                    return Optional.of(record(open, NodeId.of(key), RecordCodec.decodeBan(value)));
                } catch (DamagedRecordException | IllegalArgumentException e) {
                    damaged++;
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

    private PeerRecord record(RocksDbFiles open, NodeId id, Mark ban) throws RocksDBException {
        try {
            byte[] value = open.db().get(open.handle(Family.PEERS), options, id.toBytes());
            if (value != null) {
                return RecordCodec.decodePeer(id.toBytes(), value).withBan(Optional.of(ban));
            }
        } catch (DamagedRecordException e) {
            damaged++;
        } catch (RocksDBException e) {
            if (!Failures.isDamage(e)) {
                throw e;
            }
            damaged++;
        }
        return PeerRecord.unknown(id, Instant.EPOCH).withBan(Optional.of(ban));
    }
}
