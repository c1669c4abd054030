package dev.p2p.cli.crawl.result;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A file with one JSON object a line that only ever grows. A line is written in one go; what a crash has left of a last line is
 * cut off when the file is opened again. One thread writes.
 *
 * @param <T> the record on each line
 */
public final class JsonLines<T extends Record> implements AutoCloseable {

    static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .create();

    private final FileChannel file;
    private final StringBuilder waiting = new StringBuilder();

    private JsonLines(FileChannel file) {
        this.file = file;
    }

    /** Opens a file to write at its end; makes it if it is missing. */
    public static <T extends Record> JsonLines<T> append(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long end = endOfLastLine(file);
            file.truncate(end).position(end);
            return new JsonLines<>(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Hands every line to a consumer. A missing file has no lines; a line that is none of ours is left out. */
    public static <T extends Record> void read(Path path, Class<T> type, Consumer<T> to) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        // This reader puts a mark in place of bytes that are no text, where that of Files would fail.
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                T row = parse(line, type);
                if (row != null) {
                    to.accept(row);
                }
            }
        }
    }

    /** Adds a line; {@link #flush()} writes it. */
    public void add(T row) {
        waiting.append(GSON.toJson(row)).append('\n');
    }

    /** Hands what was added to the operating system, which keeps it also if this process is killed. */
    public void flush() throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(waiting.toString());
        waiting.setLength(0);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            flush();
        }
    }

    private static <T> @org.jspecify.annotations.Nullable T parse(String line, Class<T> type) {
        try {
            T row = GSON.fromJson(line, type);
            return row instanceof OwnLine own && !own.isOurs() ? null : row;
        } catch (JsonParseException e) {
            return null;
        }
    }

    private static long endOfLastLine(FileChannel file) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(8_192);
        long blockEnd = file.size();
        while (blockEnd > 0) {
            long blockStart = Math.max(0, blockEnd - block.capacity());
            block.clear().limit((int) (blockEnd - blockStart));
            while (block.hasRemaining() && file.read(block, blockStart + block.position()) > 0) {}
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return blockStart + i + 1;
                }
            }
            blockEnd = blockStart;
        }
        return 0;
    }
}
