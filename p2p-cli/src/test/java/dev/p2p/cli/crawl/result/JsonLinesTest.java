package dev.p2p.cli.crawl.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that only grow, and the folder that holds them. */
class JsonLinesTest {

    @TempDir
    private Path folder;

    @Test
    void linesComeBackAsTheyWereWritten() throws IOException {
        Path file = folder.resolve("edges.jsonl");
        try (JsonLines<EdgeRow> lines = JsonLines.append(file)) {
            lines.add(new EdgeRow("a", "b"));
            lines.flush();
            lines.add(new EdgeRow("b", "c"));
        }
        assertThat(Files.readString(file)).isEqualTo("{\"from\":\"a\",\"to\":\"b\"}\n{\"from\":\"b\",\"to\":\"c\"}\n");
        assertThat(read(file)).containsExactly(new EdgeRow("a", "b"), new EdgeRow("b", "c"));
    }

    @Test
    void whatACrashLeftOfALastLineIsCutOff() throws IOException {
        Path file = folder.resolve("edges.jsonl");
        Files.writeString(file, "{\"from\":\"a\",\"to\":\"b\"}\n{\"from\":\"b\",\"t");
        assertThat(read(file)).containsExactly(new EdgeRow("a", "b"));
        try (JsonLines<EdgeRow> lines = JsonLines.append(file)) {
            lines.add(new EdgeRow("x", "y"));
        }
        assertThat(read(file)).containsExactly(new EdgeRow("a", "b"), new EdgeRow("x", "y"));
        Files.writeString(file, "x".repeat(20_000));
        JsonLines.append(file).close();
        assertThat(file).isEmptyFile();
    }

    @Test
    void oneProcessAtATimeWritesIntoAFolder() throws IOException {
        try (CrawlFolder held = CrawlFolder.open(folder)) {
            assertThat(held.path()).isEqualTo(folder);
            assertThatThrownBy(() -> CrawlFolder.open(folder)).isInstanceOf(CrawlFolder.BusyException.class);
        }
        CrawlFolder.open(folder).close();
    }

    @Test
    void aFileIsReplacedAsAWhole() throws IOException {
        Path file = folder.resolve("summary.json");
        CrawlFolder.replace(file, "first, and longer than the second");
        CrawlFolder.replace(file, "second");
        assertThat(file).hasContent("second");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".next"));
    }

    private static List<EdgeRow> read(Path file) throws IOException {
        List<EdgeRow> rows = new ArrayList<>();
        JsonLines.read(file, EdgeRow.class, rows::add);
        return rows;
    }
}
