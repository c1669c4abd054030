package dev.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file, however damaged, brings a stack trace or a change by halves. */
class HostileFilesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/dev/p2p/cli/addrbook");

    @TempDir
    private Path folder;

    private String store = "";
    private Path file = Path.of("");

    @BeforeEach
    void makeStore() {
        SampleStore.make(folder.resolve("store"));
        store = folder.resolve("store").toString();
        file = folder.resolve("hostile");
    }

    @Test
    void hostileTextsEndInFourLinesAndLeaveTheStoreAlone() throws IOException {
        String before = export();
        for (byte[] content : hostile()) {
            Files.write(file, content);
            for (List<String> line : commands()) {
                CommandRun.Result result = new CommandRun().run(line.toArray(String[]::new));

                assertThat(result.exitCode())
                        .as(line + " on " + content.length + " bytes: " + result)
                        .isIn(1, 2, 9, 10);
                assertThat(result.out() + result.err()).doesNotContain("Exception", "\tat ", "P2P-INTERNAL");
                assertThat(result.err().lines().filter(l -> l.startsWith("error: ")))
                        .hasSizeLessThanOrEqualTo(1);
            }
            assertThat(export()).isEqualTo(before);
        }
    }

    @Test
    void anyDamageToABookIsSurvivedWithWhatIsGood() throws IOException {
        byte[] good = Files.readAllBytes(FIXTURES.resolve("good.json"));
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
            }
            int length = random.nextInt(5) == 0 ? random.nextInt(damaged.length) : damaged.length;
            Files.write(file, Arrays.copyOf(damaged, length));

            CommandRun.Result result = new CommandRun().run("addrbook", "validate", file.toString());

            assertThat(result.exitCode()).as("round " + round + ": " + result).isIn(0, 1, 9);
            assertThat(result.out() + result.err()).doesNotContain("Exception", "P2P-INTERNAL");
        }
    }

    @Test
    void anyDamageToAnExportIsSurvivedWithWhatIsGood() throws IOException {
        Random random = new Random(5);
        for (String format : List.of("jsonl", "json", "csv")) {
            byte[] good = new CommandRun()
                    .run("peers", "export", "--db", store, "-q", "--format", format)
                    .out()
                    .getBytes(StandardCharsets.UTF_8);
            for (int round = 0; round < 40; round++) {
                byte[] damaged = good.clone();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
                Files.write(file, damaged);

                CommandRun.Result result = new CommandRun()
                        .run("peers", "import", file.toString(), "--format", format, "--db", store, "--dry-run", "-q");

                assertThat(result.exitCode())
                        .as(format + " round " + round + ": " + result)
                        .isIn(0, 1, 9);
                assertThat(result.out() + result.err()).doesNotContain("Exception", "P2P-INTERNAL");
            }
        }
    }

    @Test
    void partlyGoodInputIsTakenAllAtOnceAndEndsWithNine() throws IOException {
        String good =
                new CommandRun().run("peers", "export", "--db", store, "-q").out();
        Files.writeString(file, good + "{\"id\":\"nobody\"}\nrubbish\n");

        CommandRun.Result result = new CommandRun()
                .run(
                        "peers",
                        "import",
                        file.toString(),
                        "--db",
                        folder.resolve("other").toString(),
                        "-q");

        assertThat(result.exitCode()).isEqualTo(9);
        assertThat(result.out()).startsWith("read 8   added 6   updated 0   unchanged 0   refused 0   bad 2");
        assertThat(result.err()).contains("skipped line 7: id: a node ID has 40 hex digits", "skipped line 8: ");
    }

    private List<List<String>> commands() {
        String path = file.toString();
        return List.of(
                List.of("addrbook", "show", path),
                List.of("addrbook", "validate", path),
                List.of("addrbook", "import", path, "--db", store, "-q"),
                List.of("peers", "import", path, "--db", store, "-q", "--format", "jsonl"),
                List.of("peers", "import", path, "--db", store, "-q", "--format", "json"),
                List.of("peers", "import", path, "--db", store, "-q", "--format", "csv"),
                List.of("peers", "diff", path, store),
                List.of("keys", "show", path),
                List.of("keys", "convert", path, "--to", "raw", "--out", path + ".out"),
                List.of("keys", "convert", path, "--from", "pem", "--to", "raw", "--out", path + ".out"),
                List.of("keys", "convert", path, "--from", "hex", "--to", "raw", "--out", path + ".out"));
    }

    private static List<byte[]> hostile() {
        Random random = new Random(1);
        byte[] noise = new byte[5_000];
        random.nextBytes(noise);
        List<byte[]> all = new ArrayList<>(List.of(noise, new byte[1_000]));
        for (String text : List.of(
                "x",
                "{",
                "{\"addrs\":[",
                "{\"addrs\":[{\"addr\":" + "[".repeat(100_000),
                "{\"items\":[{\"id\":" + "{\"a\":".repeat(100_000),
                "[".repeat(1_000_000),
                "{\"addrs\":[" + "{},".repeat(50_000) + "{}]}",
                "{\"addrs\":[{\"addr\":{\"id\":\"" + "a".repeat(500_000) + "\"}}]}",
                "{\"key\":\"\033[2J\",\"addrs\":[{\"addr\":{\"id\":\"\033[31m\"}}]}",
                "{\"id\":\"" + "f".repeat(40) + "\",\"addresses\":[{\"address\":\"\u202e\"}]}",
                "{\"id\":\"" + "f".repeat(40) + "\",\"reputation\":1e999999999}",
                "{\"priv_key\":{\"type\":\"tendermint/PrivKeyEd25519\",\"value\":\"AAAA\"}}",
                "id,addresses\n" + "x".repeat(100_000) + ",y\n\"never ends",
                "\ud800")) {
            all.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    private String export() {
        return new CommandRun().run("peers", "export", "--db", store, "-q").out();
    }
}
