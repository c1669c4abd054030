package dev.p2p.peerstore.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What RocksDB had to leave out when it opened a database for writing. It says so nowhere but in its information log, which it begins anew
 * each time: changes that stood behind a damaged place of the write-ahead log are gone then. It says the same of a write that a killed
 * process never finished, which nobody misses.
 */
final class OpeningLog {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_LINES = 100;

    /** What RocksDB says of a log that ends within a record's data, its header, or between the parts of a record. */
    private static final String CUT_DATA = "truncated record body";

    private static final List<String> CUT_ELSEWHERE = List.of("truncated header", "error reading trailing data");

    private final Path folder;
    private final Set<String> unfinished;

    private OpeningLog(Path folder, Set<String> unfinished) {
        this.folder = folder;
        this.unfinished = unfinished;
    }

    /** Looks how the write-ahead logs end; to be made before the database is opened, which may delete them. */
    static OpeningLog before(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return new OpeningLog(
                    folder,
                    files.filter(OpeningLog::endsWithinAWrite)
                            .map(file -> String.valueOf(file.getFileName()))
                            .collect(Collectors.toSet()));
        } catch (IOException e) {
            return new OpeningLog(folder, Set.of());
        }
    }

    /** What is lost, for people; to be asked for after the database was opened. */
    List<String> complaints() {
        Path log = folder.resolve("LOG");
        try (InputStream in = Files.newInputStream(log)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(": dropping "))
                    .map(line -> line.substring(line.lastIndexOf('/') + 1))
                    .filter(line -> !isUnfinishedWrite(line))
                    .map(line -> "changes were lost: " + line)
                    .limit(MAX_LINES)
                    .toList();
        } catch (IOException e) {
            return List.of("what RocksDB left out is unknown, its log cannot be read: " + e.getMessage());
        }
    }

    private boolean isUnfinishedWrite(String line) {
        return CUT_ELSEWHERE.stream().anyMatch(line::contains)
                || line.contains(CUT_DATA) && unfinished.contains(line.substring(0, line.indexOf(':')));
    }

    private static boolean endsWithinAWrite(Path file) {
        try {
            return file.toString().endsWith(".log") && LogTail.of(file).isUnfinished();
        } catch (IOException e) {
            return false; // RocksDB will say what it makes of it
        }
    }
}
