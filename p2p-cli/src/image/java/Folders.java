import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What {@link Files} leaves to do with whole folders. */
final class Folders {

    private Folders() {}

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Puts a folder in the place of another. Both are on one disk, so nobody sees half a folder. */
    static void replace(Path old, Path by) throws IOException {
        Path aside = by.resolveSibling("replaced");
        if (Files.exists(old)) {
            Files.move(old, aside);
        }
        Files.move(by, old);
        delete(aside);
    }
}
