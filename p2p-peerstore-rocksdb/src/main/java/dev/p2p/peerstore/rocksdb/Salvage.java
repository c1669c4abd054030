package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.SalvageReport;
import dev.p2p.api.store.VerifyReport;
import dev.p2p.peerstore.rocksdb.RecordCursor.Gap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

/**
 * Saves what is readable, in three passes, each for what the ones before it could not read: the database as a whole, around damaged
 * blocks; the logs by themselves, in a new database, if it does not open; each table file by itself. The first pass is exact. In
 * the stretches that only the others read, what was forgotten or unbanned lately may be back, and a record may be an older one.
 */
final class Salvage {

    private final Path damaged;
    private final Path into;
    private final List<String> lost = new ArrayList<>();
    private final Map<Family, List<Gap>> gaps = new EnumMap<>(Family.class);

    Salvage(Path damaged, Path into) {
        this.damaged = damaged;
        this.into = into;
    }

    SalvageReport run() throws PeerStoreException {
        requireFolders();
        try (WorkingCopy copy = WorkingCopy.of(damaged, parent())) {
            copy.notes().forEach(this::report);
            RocksDbFiles to = RocksDbFiles.open(into, Access.READ_WRITE);
            try {
                copyAll(copy, to);
                return counted(to);
            } finally {
                to.close();
            }
        } catch (RocksDBException e) {
            throw Failures.using(e);
        } catch (PeerStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new PeerStoreException(Problem.IO, "the damaged store cannot be copied: " + e, e);
        }
    }

    private void copyAll(WorkingCopy copy, RocksDbFiles to) throws IOException, RocksDBException {
        RocksDbFiles whole = openWhole(copy);
        SalvageTarget target = new SalvageTarget(to);
        if (whole == null) {
            everythingIsOpen();
            new LogReader(copy, this::report).readInto(target);
        } else {
            try {
                copyWhole(whole, target);
            } finally {
                whole.closeQuietly();
            }
        }
        if (!gaps.values().stream().allMatch(List::isEmpty)) {
            new TableReader(copy, gaps, this::report).readInto(target);
        }
        restoreBans(to, target);
        target.flush();
        target.refused().forEach(this::report);
    }

    private @Nullable RocksDbFiles openWhole(WorkingCopy copy) {
        try {
            RocksDbFiles whole = RocksDbFiles.open(copy.folder(), Access.READ_WRITE, new Settings().tolerant());
            whole.lost().forEach(this::report);
            if (whole.has(Family.PEERS)) {
                return whole;
            }
            whole.closeQuietly();
            report("the manifest lists no records; log and table files were read by themselves");
        } catch (PeerStoreException e) {
            report("it does not open (" + e.getMessage() + "); log and table files were read by themselves");
        }
        return null;
    }

    private void everythingIsOpen() {
        for (Family family : SalvageTarget.FAMILIES) {
            gaps.put(family, List.of(Gap.everything("the store does not open")));
        }
    }

    private void copyWhole(RocksDbFiles whole, SalvageTarget target) throws RocksDBException {
        for (Family family : SalvageTarget.FAMILIES) {
            List<Gap> found = new ArrayList<>();
            if (whole.has(family)) {
                try (ReadOptions options = new ReadOptions().setFillCache(false);
                        RecordCursor at = new RecordCursor(whole, family, options)) {
                    for (at.first(); at.isValid(); at.next()) {
                        target.put(family, at.key(), at.value());
                    }
                    found.addAll(at.gaps());
                }
            }
            found.forEach(gap -> report(family.name().toLowerCase(Locale.ROOT) + ": " + gap));
            gaps.put(family, found);
        }
    }

    /** Whoever was banned is, also if the record is gone or an old one was found. */
    private static void restoreBans(RocksDbFiles to, SalvageTarget target) throws RocksDBException {
        target.flush();
        try (ReadOptions options = new ReadOptions();
                RecordCursor at = new RecordCursor(to, Family.BANS, options)) {
            for (at.first(); at.isValid(); at.next()) {
                Mark ban = RecordCodec.decodeBan(at.value());
                byte[] value = to.db().get(to.handle(Family.PEERS), at.key());
                PeerRecord peer = value == null
                        ? PeerRecord.unknown(NodeId.of(at.key()), Instant.EPOCH)
                        : RecordCodec.decodePeer(at.key(), value);
                target.replace(peer.withBan(Optional.of(ban)));
            }
        } catch (DamagedRecordException e) {
            throw new IllegalStateException("only sound records were written", e);
        }
    }

    private SalvageReport counted(RocksDbFiles to) throws RocksDBException {
        VerifyReport report = new Verification(to).run(VerifyReport.Depth.RECORDS);
        long bans = 0;
        try (ReadOptions options = new ReadOptions();
                RecordCursor at = new RecordCursor(to, Family.BANS, options)) {
            for (at.first(); at.isValid(); at.next()) {
                bans++;
            }
        }
        return new SalvageReport(report.peers(), bans, report.events(), lost);
    }

    private void requireFolders() throws PeerStoreException {
        if (!Files.exists(damaged.resolve("CURRENT")) && !RocksDbFiles.holdsRecords(damaged)) {
            throw new PeerStoreException(Problem.NOT_FOUND, "there is no store in that folder");
        }
        try (Stream<Path> files = Files.isDirectory(into) ? Files.list(into) : Stream.empty()) {
            if (files.findAny().isPresent()) {
                throw new PeerStoreException(Problem.NOT_PERMITTED, "the folder for what is saved is not empty");
            }
        } catch (IOException e) {
            throw new PeerStoreException(Problem.NOT_PERMITTED, "the folder cannot be read: " + e, e);
        }
    }

    private Path parent() throws IOException {
        Path parent = into.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("a store cannot be the root of a file system");
        }
        return Files.createDirectories(parent);
    }

    private void report(String line) {
        if (lost.size() < VerifyReport.MAX_LINES) {
            lost.add(line);
        }
    }
}
