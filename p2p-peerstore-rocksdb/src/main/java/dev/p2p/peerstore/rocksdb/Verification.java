package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.SstFileReader;

/** Reads everything, in the state in which it was at the beginning, and lists what is damaged. */
final class Verification {

    private final RocksDbFiles files;
    private final List<String> damaged = new ArrayList<>();
    private long peers;
    private long events;

    Verification(RocksDbFiles files) {
        this.files = files;
    }

    VerifyReport run(VerifyReport.Depth depth) throws RocksDBException {
        files.lost().forEach(this::report);
        Snapshot snapshot = files.db().getSnapshot();
        try (ReadOptions options =
                new ReadOptions().setSnapshot(snapshot).setVerifyChecksums(true).setFillCache(false)) {
            records(options, depth);
            history(options);
            if (files.has(Family.BANS)) {
                bans(options, depth);
            }
            if (files.has(Family.BLOCKS)) {
                blocks(options);
            }
            if (depth == VerifyReport.Depth.DEEP) {
                checksums();
            }
        } finally {
            files.db().releaseSnapshot(snapshot);
        }
        return new VerifyReport(peers, events, damaged);
    }

    private void records(ReadOptions options, VerifyReport.Depth depth) throws RocksDBException {
        boolean compare = depth == VerifyReport.Depth.DEEP && files.has(Family.BANS);
        try (RecordCursor at = new RecordCursor(files, Family.PEERS, options)) {
            for (at.first(); at.isValid(); at.next()) {
                byte[] key = at.key();
                try {
                    PeerRecord peer = RecordCodec.decodePeer(key, at.value());
                    peers++;
                    if (compare && peer.ban().isPresent() && !peer.ban().equals(banOf(key, options))) {
                        report("peer " + hex(key) + ": its ban is not among the bans");
                    }
                } catch (DamagedRecordException e) {
                    report("peer " + hex(key) + ": " + e.getMessage());
                }
            }
            at.gaps().forEach(gap -> report("peers: " + gap));
        }
    }

    private Optional<Mark> banOf(byte[] key, ReadOptions options) throws RocksDBException {
        try {
            byte[] value = files.db().get(files.handle(Family.BANS), options, key);
            return value == null ? Optional.empty() : Optional.of(RecordCodec.decodeBan(value));
        } catch (DamagedRecordException e) {
            return Optional.empty();
        } catch (RocksDBException e) {
            if (Failures.isDamage(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void history(ReadOptions options) throws RocksDBException {
        try (RecordCursor at = new RecordCursor(files, Family.HISTORY, options)) {
            for (at.first(); at.isValid(); at.next()) {
                try {
                    Soundness.require(Family.HISTORY, at.key(), at.value());
                    events++;
                } catch (DamagedRecordException e) {
                    report("event " + hex(at.key()) + ": " + e.getMessage());
                }
            }
            at.gaps().forEach(gap -> report("history: " + gap));
        }
    }

    private void bans(ReadOptions options, VerifyReport.Depth depth) throws RocksDBException {
        try (RecordCursor at = new RecordCursor(files, Family.BANS, options)) {
            for (at.first(); at.isValid(); at.next()) {
                try {
                    Soundness.require(Family.BANS, at.key(), at.value());
                    if (depth == VerifyReport.Depth.DEEP) {
                        requireRecordWithBan(at.key(), options);
                    }
                } catch (DamagedRecordException e) {
                    report("ban of " + hex(at.key()) + ": " + e.getMessage());
                }
            }
            at.gaps().forEach(gap -> report("bans: " + gap));
        }
    }

    private void blocks(ReadOptions options) throws RocksDBException {
        try (RecordCursor at = new RecordCursor(files, Family.BLOCKS, options)) {
            for (at.first(); at.isValid(); at.next()) {
                try {
                    Soundness.require(Family.BLOCKS, at.key(), at.value());
                } catch (DamagedRecordException e) {
                    report("ban of a range " + hex(at.key()) + ": " + e.getMessage());
                }
            }
            at.gaps().forEach(gap -> report("blocks: " + gap));
        }
    }

    private void requireRecordWithBan(byte[] key, ReadOptions options) throws RocksDBException, DamagedRecordException {
        try {
            byte[] value = files.db().get(files.handle(Family.PEERS), options, key);
            if (value == null || RecordCodec.decodePeer(key, value).ban().isEmpty()) {
                throw new DamagedRecordException("there is no record with it", null);
            }
        } catch (RocksDBException e) {
            if (!Failures.isDamage(e)) {
                throw e;
            }
            throw new DamagedRecordException("its record cannot be read", e);
        }
    }

    /** Each file by itself, so that one report names all that are damaged. Compaction deletes none of them meanwhile. */
    private void checksums() throws RocksDBException {
        boolean mayDelete = files.access() == Access.READ_WRITE;
        if (mayDelete) {
            files.db().disableFileDeletions();
        }
        try {
            files.db().getLiveFilesMetaData().forEach(this::checksum);
        } finally {
            if (mayDelete) {
                files.db().enableFileDeletions();
            }
        }
    }

    private void checksum(LiveFileMetaData file) {
        Path path = Path.of(files.folder() + file.fileName());
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(path.toString());
            reader.verifyChecksum();
        } catch (RocksDBException e) {
            // Every file was there when the store was opened, so one that is gone was compacted by the process that
            // writes.
            if (Files.exists(path)) {
                report("file " + path.getFileName() + ", " + file.numEntries() + " entries between "
                        + hex(file.smallestKey()) + " and " + hex(file.largestKey()) + ": " + e.getMessage());
            }
        }
    }

    private void report(String line) {
        if (damaged.size() < VerifyReport.MAX_LINES) {
            damaged.add(line);
        }
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(Arrays.copyOf(key, Math.min(key.length, NodeId.BYTES + Long.BYTES)));
    }
}
