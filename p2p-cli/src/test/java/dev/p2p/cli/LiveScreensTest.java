package dev.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeId;
import dev.p2p.cli.control.ControlServer;
import dev.p2p.cli.control.StagedControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every screen of the commands that ask a running node, word by word. */
@Timeout(120)
class LiveScreensTest {

    private static final Path BOOK = Path.of("src/test/resources/dev/p2p/cli/addrbook/damaged.json");

    @TempDir
    private Path home;

    private final StagedControl node = new StagedControl(CommandRun.NOW, 0);
    private ControlServer server;

    @BeforeEach
    void serve() throws IOException {
        SampleStore.make(home.resolve("data").resolve("peers"));
        Files.copy(BOOK, home.resolve("damaged.json"));
        Files.writeString(home.resolve("self.jsonl"), line(StagedControl.SELF));
        Files.writeString(home.resolve("full.jsonl"), line(StagedControl.FULL_DISK));
        Files.writeString(
                home.resolve("odd.jsonl"),
                line(SampleStore.VERIFIED) + "{\"id\":\"no id\"}\n" + line(StagedControl.SELF)
                        + line(SampleStore.COOLING));
        server = StagedControl.serve(home, node);
    }

    private static String line(NodeId id) {
        return "{\"id\":\"" + id + "\",\"addresses\":[{\"address\":\"" + id + "@127.0.0.1:26656\"}]}\n";
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whatARunningNodeShows() throws IOException {
        Transcript.check("live", home);
    }

    @Test
    void whatARunningNodeDoes() throws IOException {
        Transcript.check("live-change", home);

        assertThat(node.orders())
                .contains(
                        "ban 8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55 PT2H spam",
                        "ban 192.0.2.0/24 PT876000H scanner",
                        "disconnect 8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55 operator",
                        "take in 2ab7e0c91444d0f1c2aa00112233445566778899 REPLACE 2 addresses 2 events",
                        "take in 2ab7e0c91444d0f1c2aa00112233445566778899 KEEP 1 addresses 0 events")
                .noneMatch(order -> order.contains("remove 8f1d02c77a"));
    }

    @Test
    void aLargeFileComesInPiecesAndAFailureSaysHowFarItCame() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            many.append(line(new NodeId(0xb000_0000_0000_0000L, 0, i)));
        }
        Path good = Files.writeString(home.resolve("many.jsonl"), many);
        Path cut = Files.writeString(home.resolve("cut.jsonl"), many + line(StagedControl.FULL_DISK));

        CommandRun.Result all = new CommandRun().run("peers", "import", good.toString(), "--home", home.toString());
        CommandRun.Result some = new CommandRun().run("peers", "import", cut.toString(), "--home", home.toString());

        assertThat(all.exitCode()).isZero();
        assertThat(all.out()).startsWith("read 1000   added 1000 ");
        assertThat(some.exitCode()).isEqualTo(7);
        assertThat(some.out()).isEmpty();
        assertThat(some.err()).contains("1000 of 1001 peers were taken in before that");
        assertThat(node.orders()).hasSize(2_000);
    }

    @Test
    void theLargestEntryThatAFileMayHoldGoesThroughTheSocket() throws IOException {
        String event =
                "{\"at\":\"2026-08-30T10:00:00Z\",\"type\":\"refused\",\"detail\":\"" + "\u20ac".repeat(100) + "\"}";
        int events = 64 * 1_024 / (event.length() + 1) - 2;
        String entry = line(SampleStore.VERIFIED).replaceFirst("}\\s*$", ",\"history\":[")
                + (event + ",").repeat(events - 1) + event + "]}\n";
        Path file = Files.writeString(home.resolve("large.jsonl"), entry + line(SampleStore.COOLING));

        CommandRun.Result result = new CommandRun().run("peers", "import", file.toString(), "--home", home.toString());

        assertThat(result.err()).doesNotContain("skipped");
        assertThat(result.exitCode()).isZero();
        assertThat(node.orders())
                .contains("take in " + SampleStore.VERIFIED + " KEEP 1 addresses " + events + " events");
    }

    @Test
    void aNodeThatIsNotRunningIsAskedByItsStore() throws IOException {
        server.close();

        Transcript.check("not-running", home);
    }
}
