package dev.p2p.peerstore.rocksdb;

import dev.p2p.peerstore.rocksdb.RecordCursor.Gap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** Reads table files without a manifest, the newest first, for the stretches that could not be read in a better way. */
final class TableReader {

    private final WorkingCopy copy;
    private final Map<Family, List<Gap>> wanted;
    private final Consumer<String> report;

    TableReader(WorkingCopy copy, Map<Family, List<Gap>> wanted, Consumer<String> report) {
        this.copy = copy;
        this.wanted = wanted;
        this.report = report;
    }

    void readInto(SalvageTarget target) throws IOException, RocksDBException {
        for (Path table : copy.tables()) {
            try (Options options = new Options();
                    SstFileReader reader = new SstFileReader(options)) {
                Optional<Family> family = open(reader, table);
                if (family.isPresent() && wanted.containsKey(family.get())) {
                    read(reader, table, family.get(), target);
                }
            }
        }
    }

    private Optional<Family> open(SstFileReader reader, Path table) {
        try {
            reader.open(table.toString());
            return Family.of(reader.getTableProperties().getColumnFamilyName());
        } catch (RocksDBException e) {
            report.accept("file " + table.getFileName() + " is lost: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void read(SstFileReader reader, Path table, Family family, SalvageTarget target) throws RocksDBException {
        List<Gap> open = wanted.getOrDefault(family, List.of());
        try (ReadOptions options = new ReadOptions().setFillCache(false);
                RecordCursor at = new RecordCursor(reader, options)) {
            for (at.first(); at.isValid(); at.next()) {
                byte[] key = at.key();
                if (open.stream().anyMatch(gap -> gap.contains(key))) {
                    target.putIfAbsent(family, key, at.value());
                }
            }
            at.gaps().forEach(gap -> report.accept("file " + table.getFileName() + ": " + gap));
        }
    }
}
