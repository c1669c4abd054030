package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** A walk over the records that a filter lets through. */
final class RecordScan extends FamilyScan {

    private final PeerFilter filter;

    private RecordScan(Gate gate, RocksDbFiles files, PeerFilter filter) {
        super(gate, files, Family.PEERS);
        this.filter = filter;
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
    protected Optional<PeerRecord> step(RocksDbFiles open) throws RocksDBException {
        Optional<PeerRecord> peer = here();
        at.next();
        return peer.filter(filter::matches);
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
