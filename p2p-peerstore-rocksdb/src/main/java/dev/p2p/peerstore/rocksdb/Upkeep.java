package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.CompactReport;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.StoreStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** What an operator asks of a store besides its contents. */
final class Upkeep {

    /** So many keys are read within milliseconds. */
    private static final long MOST_COUNTED = 10_000;

    private Upkeep() {}

    static CompactReport compact(RocksDbFiles files) throws RocksDBException, PeerStoreException {
        long before = bytes(files.folder());
        for (Family family : Family.values()) {
            try (FlushOptions wait = new FlushOptions()) {
                files.db().flush(wait, files.handle(family));
            }
            files.db().compactRange(files.handle(family));
        }
        return new CompactReport(before, bytes(files.folder()));
    }

    static StoreStats stats(RocksDbFiles files) throws RocksDBException, PeerStoreException {
        Map<String, Long> details = new LinkedHashMap<>();
        details.put("bans", keys(files, Family.BANS));
        details.put("files", (long) files.db().getLiveFilesMetaData().size());
        details.put("memory-table-bytes", sum(files, "rocksdb.cur-size-all-mem-tables"));
        details.put("index-bytes", sum(files, "rocksdb.estimate-table-readers-mem"));
        details.put("block-cache-bytes", files.db().getLongProperty("rocksdb.block-cache-usage"));
        details.put("pending-compaction-bytes", sum(files, "rocksdb.estimate-pending-compaction-bytes"));
        return new StoreStats(
                StoreSchema.of(files),
                keys(files, Family.PEERS),
                keys(files, Family.HISTORY),
                bytes(files.folder()),
                details);
    }

    /** All files of a folder together. One that vanishes meanwhile, as a compacted one does, counts nothing. */
    static long bytes(Path folder) throws PeerStoreException {
        try (Stream<Path> all = Files.list(folder)) {
            long bytes = 0;
            for (Path file : (Iterable<Path>) all::iterator) {
                try {
                    bytes += Files.size(file);
                } catch (NoSuchFileException e) {
                    bytes += 0;
                }
            }
            return bytes;
        } catch (IOException e) {
            throw new PeerStoreException(Problem.NOT_PERMITTED, "the folder cannot be read: " + e, e);
        }
    }

    /** RocksDB's estimate counts a key again each time it is written, so a few keys are counted one by one. */
    private static long keys(RocksDbFiles files, Family family) throws RocksDBException {
        if (!files.has(family)) {
            return 0;
        }
        long about = files.db().getLongProperty(files.handle(family), "rocksdb.estimate-num-keys");
        return about > MOST_COUNTED ? about : counted(files, family, about);
    }

    /** As many as there are; the estimate where they cannot be read. */
    private static long counted(RocksDbFiles files, Family family, long about) {
        long keys = 0;
        try (RocksIterator at = files.db().newIterator(files.handle(family))) {
            for (at.seekToFirst(); at.isValid(); at.next()) {
                keys++;
            }
            at.status();
            return keys;
        } catch (RocksDBException e) {
            return about;
        }
    }

    private static long sum(RocksDbFiles files, String property) throws RocksDBException {
        long sum = 0;
        for (Family family : List.of(Family.values())) {
            sum += files.has(family) ? files.db().getLongProperty(files.handle(family), property) : 0;
        }
        return sum;
    }
}
