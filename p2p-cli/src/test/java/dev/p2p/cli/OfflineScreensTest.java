package dev.p2p.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every screen of the commands that read and change a store, word by word. */
class OfflineScreensTest {

    private static final Path FIXTURES = Path.of("src/test/resources/dev/p2p/cli/addrbook");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        SampleStore.make(folder.resolve("store"));
        SampleStore.make(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken").resolve("CURRENT"), "rubbish");
        try (var files = Files.list(FIXTURES)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
    }

    @Test
    void listingsInEveryFormat() throws IOException {
        Transcript.check("peers-list", folder);
    }

    @Test
    void onePeerInFull() throws IOException {
        Transcript.check("peers-show", folder);
    }

    @Test
    void changes() throws IOException {
        Transcript.check("peers-change", folder);
    }

    @Test
    void exportsAndImports() throws IOException {
        Transcript.check("peers-exchange", folder);
    }

    @Test
    void addressBooks() throws IOException {
        Transcript.check("addrbook", folder);
    }

    @Test
    void mistakes() throws IOException {
        Transcript.check("mistakes", folder);
    }
}
