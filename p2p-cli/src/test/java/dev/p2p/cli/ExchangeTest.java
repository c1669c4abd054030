package dev.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports with their past go round, and what a stranger wrote into a past is named and costs only itself. */
class ExchangeTest {

    private static final String ENTRY =
            "{\"id\":\"2ab7e0c91444d0f1c2aa00112233445566778899\",\"addresses\":[],\"history\":[%s]}\n";
    private static final String GOOD = "{\"id\":\"41d7aa30ce0000000000000000000000000000aa\",\"addresses\":[]}\n";

    @TempDir
    private Path folder;

    private CommandRun.Result run(String... line) {
        return new CommandRun().run(line);
    }

    private String place(String name) {
        return folder.resolve(name).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "json"})
    void anExportWithHistoryComesOutOfTheStoreItWentIntoAsItWas(String format) throws IOException {
        SampleStore.make(folder.resolve("store"));
        run("peers", "export", "--db", place("store"), "--history", "--format", format, "--out", place("first"));
        CommandRun.Result imported = run("peers", "import", place("first"), "--db", place("copy"));
        run("peers", "export", "--db", place("copy"), "--history", "--format", format, "--out", place("second"));

        assertThat(imported.exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("first"))).contains("\"history\":", "20 points");
        assertThat(Files.readString(folder.resolve("second"))).isEqualTo(Files.readString(folder.resolve("first")));
    }

    @Test
    void anExportWithoutHistoryLeavesAPastThatIsKnownAlone() throws IOException {
        SampleStore.make(folder.resolve("store"));
        run("peers", "export", "--db", place("store"), "--out", place("plain"));
        run("peers", "import", place("plain"), "--db", place("store"), "--merge", "replace", "-y");

        assertThat(run("peers", "history", "41d7", "--db", place("store"), "-o", "name")
                        .out())
                .hasLineCount(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7|history[0] is not an object",
                "{}|history[0].at: it is missing",
                "{\"at\":\"yesterday\",\"type\":\"banned\"}|history[0].at is no time",
                "{\"at\":\"9000-01-01T00:00:00Z\",\"type\":\"robbed\"}|there is no event of that name",
                "{\"at\":\"1969-01-01T00:00:00Z\",\"type\":\"banned\"}|it is not between 1970 and 9999",
                "{\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"banned\",\"reason\":[]}|history[0].reason is not a text",
            })
    void aWrongPastIsNamedWithItsPlaceAndCostsOnlyItsPeer(String event, String problem) throws IOException {
        Files.writeString(folder.resolve("file"), GOOD + ENTRY.formatted(event));

        CommandRun.Result result = run("peers", "import", place("file"), "--db", place("store"));

        assertThat(result.exitCode()).isEqualTo(9);
        assertThat(result.out()).startsWith("read 2   added 1 ");
        assertThat(result.err()).contains("skipped line 2: ").contains(problem);
    }

    @Test
    void aPastThatIsTooLongOrTooTalkativeIsRefused() throws IOException {
        String event = "{\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"banned\"}";
        String many = (event + ",").repeat(1_000) + event;
        String talk = event.replace("}", ",\"detail\":\"" + "x".repeat(1_001) + "\"}");
        Files.writeString(folder.resolve("file"), GOOD + ENTRY.formatted(many) + ENTRY.formatted(talk));

        CommandRun.Result result = run("peers", "import", place("file"), "--db", place("store"));

        assertThat(result.exitCode()).isEqualTo(9);
        assertThat(result.err())
                .contains("line 2: ")
                .contains("line 3: history[0].detail: it has more than 1000 characters");
    }

    @Test
    void anEventOfAFarFutureDoesNotMakeLaterOnesLookOlder() throws IOException {
        Files.writeString(
                folder.resolve("file"), ENTRY.formatted("{\"at\":\"9000-01-01T00:00:00Z\",\"type\":\"connected\"}"));
        run("peers", "import", place("file"), "--db", place("store"));
        run("peers", "ban", "2ab7", "--db", place("store"));

        assertThat(run("peers", "history", "2ab7", "--db", place("store"), "-o", "csv", "--columns", "at,type")
                        .out())
                .isEqualTo("at,type\n2026-08-30T12:00:00Z,banned\n2026-08-30T12:00:00Z,connected\n");
    }
}
