package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** A walk over the bans. Who is banned but has no readable record is told as known by nothing but its ban. */
final class BanScan extends FamilyScan {

    private BanScan(Gate gate, RocksDbFiles files) {
        super(gate, files, Family.BANS);
    }

    /** Called while the database is in use. */
    static BanScan over(Gate gate, RocksDbFiles files) throws RocksDBException {
        BanScan scan = new BanScan(gate, files);
        gate.add(scan);
        scan.at.first();
        return scan;
    }

    @Override
    protected Optional<PeerRecord> step(RocksDbFiles open) throws RocksDBException {
        byte[] key = at.key();
        byte[] value = at.value();
        at.next();
        try {
            return Optional.of(record(open, NodeId.of(key), RecordCodec.decodeBan(value)));
        } catch (DamagedRecordException | IllegalArgumentException e) {
            damaged++;
            return Optional.empty();
        }
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
