package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

/**
 * Reads logs without a manifest: a new database that has the families in the same order, and so under the same numbers, takes them for its
 * own.
 */
final class LogReader {

    /** Logs get numbers from here on, above those that the new database gave away, or it would ignore them. */
    private static final int FIRST_NUMBER = 100_000;

    private final WorkingCopy copy;
    private final Consumer<String> report;

    LogReader(WorkingCopy copy, Consumer<String> report) {
        this.copy = copy;
        this.report = report;
    }

    void readInto(SalvageTarget target) throws IOException, RocksDBException {
        Path folder = Files.createDirectory(copy.folder().resolve("logs"));
        try {
            RocksDbFiles.open(folder, Access.READ_WRITE, new Settings()).close();
            int number = FIRST_NUMBER;
            for (Path log : copy.logs()) {
                Files.copy(log, folder.resolve(number++ + ".log"));
            }
            RocksDbFiles logs = RocksDbFiles.open(folder, Access.READ_WRITE, new Settings().tolerant());
            logs.lost().forEach(report);
            try {
                read(logs, target);
            } finally {
                logs.closeQuietly();
            }
        } catch (PeerStoreException e) {
            report.accept("the logs are lost: " + e.getMessage());
        }
    }

    private static void read(RocksDbFiles logs, SalvageTarget target) throws RocksDBException {
        for (Family family : SalvageTarget.FAMILIES) {
            try (ReadOptions options = new ReadOptions();
                    RecordCursor at = new RecordCursor(logs, family, options)) {
                for (at.first(); at.isValid(); at.next()) {
                    target.put(family, at.key(), at.value());
                }
            }
        }
    }
}
