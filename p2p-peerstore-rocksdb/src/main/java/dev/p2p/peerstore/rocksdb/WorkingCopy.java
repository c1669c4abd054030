package dev.p2p.peerstore.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A copy of a damaged store's folder, to be repaired where nothing is lost by it. Table files, which are large and never change, are
 * linked and not copied where the file system can.
 */
final class WorkingCopy implements AutoCloseable {

    private final Path folder;
    private final List<String> notes = new ArrayList<>();

    private WorkingCopy(Path folder) {
        this.folder = folder;
    }

    /** @param beside a folder on the same file system in which the copy is made */
    static WorkingCopy of(Path store, Path beside) throws IOException {
        WorkingCopy copy = new WorkingCopy(Files.createTempDirectory(beside, ".salvage"));
        try {
            for (Path file : files(store, "")) {
                copy.take(file);
            }
            copy.repairCurrent();
            return copy;
        } catch (IOException e) {
            copy.close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    /** What had to be repaired or could not be read. */
    List<String> notes() {
        return notes;
    }

    /** Table files, the one made last first. */
    List<Path> tables() throws IOException {
        return files(folder, ".sst").reversed();
    }

    /** Logs, in the order in which they were written. */
    List<Path> logs() throws IOException {
        return files(folder, ".log");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void take(Path file) {
        Path name = file.getFileName();
        try {
            if (name != null && !String.valueOf(name).equals("LOCK")) {
                linkOrCopy(file, folder.resolve(name));
            }
        } catch (IOException e) {
            notes.add("file " + name + " cannot be read: " + e.getMessage());
        }
    }

    private static void linkOrCopy(Path file, Path to) throws IOException {
        if (file.toString().endsWith(".sst")) {
            try {
                Files.createLink(to, file);
                return;
            } catch (IOException | UnsupportedOperationException e) {
                Files.deleteIfExists(to);
            }
        }
        Files.copy(file, to);
    }

    /** The file CURRENT says which manifest holds; without it the newest is the best guess. */
    private void repairCurrent() throws IOException {
        Path current = folder.resolve("CURRENT");
        List<Path> manifests = files(folder, "MANIFEST-");
        String named = Files.exists(current) ? text(current) : "";
        boolean sound = manifests.stream().anyMatch(manifest -> named.equals(manifest.getFileName() + "\n"));
        Optional<Path> newest = manifests.stream().max(Comparator.comparing(Path::toString));
        if (!sound && newest.isPresent()) {
            notes.add("file CURRENT is missing or names no manifest that is there; the newest one was used");
            Files.writeString(current, newest.get().getFileName() + "\n");
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    /** Files whose names contain a text, in the order of their names, which is that of their numbers. */
    private static List<Path> files(Path folder, String text) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> String.valueOf(file.getFileName()).contains(text))
                    .sorted()
                    .toList();
        }
    }
}
