package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.RepairReport;
import dev.p2p.api.store.VerifyReport;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Takes damaged entries out of a store that opens. Their bytes are in the quarantine, and on disk, before they leave the store, so that a
 * crash in between leaves them twice and not nowhere. Nobody else writes meanwhile.
 */
final class Repair {

    private static final int BATCH = 1_000;

    private final RocksDbFiles files;
    private final Quarantine quarantine;
    private final WriteBatch batch = new WriteBatch();
    private final List<String> lines = new ArrayList<>();
    private long quarantined;
    private long restored;
    private boolean whole = true;

    private Repair(RocksDbFiles files, Quarantine quarantine) {
        this.files = files;
        this.quarantine = quarantine;
    }

    static RepairReport run(RocksDbFiles files) throws RocksDBException, PeerStoreException {
        try (Quarantine quarantine = new Quarantine(files.folder())) {
            return new Repair(files, quarantine).run();
        } catch (IOException e) {
            throw new PeerStoreException(
                    Problem.IO, "the damaged entries cannot be kept in " + Quarantine.FILE + ", so they stay: " + e, e);
        }
    }

    private RepairReport run() throws RocksDBException, IOException {
        try (batch;
                ReadOptions options = new ReadOptions().setVerifyChecksums(true).setFillCache(false)) {
            for (Family family : SalvageTarget.FAMILIES) {
                takeOutDamaged(family, options);
            }
            flush();
            bansOfRecords(options);
            recordsOfBans(options);
            flush();
        }
        return new RepairReport(quarantined, restored, lines, whole);
    }

    private void takeOutDamaged(Family family, ReadOptions options) throws RocksDBException, IOException {
        String name = family.name().toLowerCase(Locale.ROOT);
        try (RecordCursor at = new RecordCursor(files, family, options)) {
            for (at.first(); at.isValid(); at.next()) {
                try {
                    Soundness.require(family, at.key(), at.value());
                } catch (DamagedRecordException e) {
                    quarantine.add(family, at.key(), at.value(), String.valueOf(e.getMessage()));
                    batch.delete(files.handle(family), at.key());
                    quarantined++;
                    report("quarantined " + name + " " + hex(at.key()) + ": " + e.getMessage());
                    flushIfFull();
                }
            }
            at.gaps().forEach(gap -> {
                whole = false;
                report("stays " + name + ": " + gap);
            });
        }
    }

    /** A ban whose copy is gone gets it back. */
    private void bansOfRecords(ReadOptions options) throws RocksDBException, IOException {
        try (RecordCursor at = new RecordCursor(files, Family.PEERS, options)) {
            for (at.first(); at.isValid(); at.next()) {
                Optional<Mark> ban = decoded(at.key(), at.value()).ban();
                if (ban.isPresent() && value(Family.BANS, at.key(), options) == null) {
                    batch.put(files.handle(Family.BANS), at.key(), RecordCodec.encodeBan(ban.get()));
                    restored(at.key());
                }
            }
        }
    }

    /** Whoever was banned is, also if his record is gone or is an old one. */
    private void recordsOfBans(ReadOptions options) throws RocksDBException, IOException {
        try (RecordCursor at = new RecordCursor(files, Family.BANS, options)) {
            for (at.first(); at.isValid(); at.next()) {
                byte[] record = value(Family.PEERS, at.key(), options);
                PeerRecord peer = record == null
                        ? PeerRecord.unknown(NodeId.of(at.key()), Instant.EPOCH)
                        : decoded(at.key(), record);
                if (peer.ban().isEmpty()) {
                    PeerRecord banned = peer.withBan(Optional.of(RecordCodec.decodeBan(at.value())));
                    batch.put(files.handle(Family.PEERS), at.key(), RecordCodec.encode(banned));
                    restored(at.key());
                }
            }
        } catch (DamagedRecordException e) {
            throw new IllegalStateException("damaged bans were taken out before", e);
        }
    }

    /** A value, or null if there is none or it cannot be read, which is reported where its family is walked over. */
    private byte @Nullable [] value(Family family, byte[] key, ReadOptions options) throws RocksDBException {
        try {
            return files.db().get(files.handle(family), options, key);
        } catch (RocksDBException e) {
            if (Failures.isDamage(e)) {
                return null;
            }
            throw e;
        }
    }

    private static PeerRecord decoded(byte[] key, byte[] value) {
        try {
            return RecordCodec.decodePeer(key, value);
        } catch (DamagedRecordException e) {
            throw new IllegalStateException("damaged records were taken out before", e);
        }
    }

    private void restored(byte[] key) throws RocksDBException, IOException {
        restored++;
        report("restored the ban of " + hex(key));
        flushIfFull();
    }

    private void flushIfFull() throws RocksDBException, IOException {
        if (batch.count() >= BATCH) {
            flush();
        }
    }

    private void flush() throws RocksDBException, IOException {
        quarantine.force();
        if (batch.count() > 0) {
            try (WriteOptions sync = new WriteOptions().setSync(true)) {
                files.db().write(sync, batch);
            }
            batch.clear();
        }
    }

    private void report(String line) {
        if (lines.size() < VerifyReport.MAX_LINES) {
            lines.add(line);
        }
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(Arrays.copyOf(key, Math.min(key.length, NodeId.BYTES + Long.BYTES)));
    }
}
