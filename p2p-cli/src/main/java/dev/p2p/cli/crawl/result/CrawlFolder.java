package dev.p2p.cli.crawl.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The folder of one crawl. Lines are added to {@code nodes.jsonl}, {@code edges.jsonl} and {@code frontier.jsonl} while it runs;
 * {@code summary.json} and {@code report.html} are replaced as a whole. One process at a time writes into it.
 */
public final class CrawlFolder implements AutoCloseable {

    private static final String NODES = "nodes.jsonl";
    private static final String EDGES = "edges.jsonl";
    private static final String FRONTIER = "frontier.jsonl";
    private static final String SUMMARY = "summary.json";
    private static final String REPORT = "report.html";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel lockFile;

    private CrawlFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** Somebody else writes there. */
    public static final class BusyException extends IOException {

        private static final long serialVersionUID = 1L;

        BusyException(Path folder) {
            super("another crawl writes into " + folder);
        }
    }

    /** Whether a folder holds something of a crawl. Files in which nothing could be kept are none. */
    public static boolean isUsed(Path folder) {
        return hasLines(folder.resolve(NODES)) || hasLines(folder.resolve(FRONTIER));
    }

    private static boolean hasLines(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            // It is there, and whoever opens it will say what is wrong with it.
            return true;
        }
    }

    /**
     * Opens a folder to write into; makes it if it is missing.
     *
     * @throws BusyException if another process writes into it
     */
    public static CrawlFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                throw new BusyException(folder);
            }
        } catch (OverlappingFileLockException e) {
            lockFile.close();
            throw new BusyException(folder);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
        return new CrawlFolder(folder, lockFile);
    }

    public Path path() {
        return folder;
    }

    public Path nodes() {
        return folder.resolve(NODES);
    }

    public Path edges() {
        return folder.resolve(EDGES);
    }

    public Path frontier() {
        return folder.resolve(FRONTIER);
    }

    public Path summary() {
        return folder.resolve(SUMMARY);
    }

    public Path report() {
        return folder.resolve(REPORT);
    }

    /** A reader sees the old content or the new one, also after a crash. */
    public static void replace(Path file, String content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        // The lock's file stays: whoever waits for it must not lock another one than the next comer.
        lockFile.close();
    }
}
