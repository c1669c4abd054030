package dev.p2p.peerstore.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file {@value #FILE} in a store's folder: each damaged entry that was taken out, one to a line, its bytes in hexadecimal. RocksDB
 * leaves files with foreign names alone.
 */
final class Quarantine implements AutoCloseable {

    static final String FILE = "quarantine.txt";

    private final Path file;
    private @Nullable FileChannel channel;

    Quarantine(Path store) {
        this.file = store.resolve(FILE);
    }

    /** Appends an entry. It is on disk after {@link #force()}. */
    void add(Family family, byte[] key, byte[] value, String why) throws IOException {
        FileChannel to = opened();
        HexFormat hex = HexFormat.of();
        String line = family.name().toLowerCase(Locale.ROOT) + " key=" + hex.formatHex(key) + " value="
                + hex.formatHex(value) + " why=" + why.replaceAll("\\s+", " ") + "\n";
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /** Makes all of it durable. */
    void force() throws IOException {
        if (channel != null) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private FileChannel opened() throws IOException {
        FileChannel before = channel;
        if (before != null) {
            return before;
        }
        FileChannel now = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        channel = now;
        return now;
    }
}
