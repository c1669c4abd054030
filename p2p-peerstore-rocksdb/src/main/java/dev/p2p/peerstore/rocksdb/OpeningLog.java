package dev.p2p.peerstore.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What RocksDB had to leave out when it opened a database for writing. It says so nowhere but in its information log, which it begins anew
 * each time: changes that stood behind a damaged place of the write-ahead log are gone then.
 */
final class OpeningLog {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_LINES = 100;

    private OpeningLog() {}

    static List<String> complaints(Path folder) {
        Path log = folder.resolve("LOG");
        try (InputStream in = Files.newInputStream(log)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(": dropping "))
                    .map(line -> "changes were lost: " + line.substring(line.lastIndexOf('/') + 1))
                    .limit(MAX_LINES)
                    .toList();
        } catch (IOException e) {
            return List.of("what RocksDB left out is unknown, its log cannot be read: " + e.getMessage());
        }
    }
}
