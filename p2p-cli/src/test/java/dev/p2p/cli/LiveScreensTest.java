package dev.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.control.ControlServer;
import dev.p2p.cli.control.StagedControl;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every screen of the commands that ask a running node, word by word. */
@Timeout(120)
class LiveScreensTest {

    @TempDir
    private Path home;

    private final StagedControl node = new StagedControl(CommandRun.NOW, 0);
    private ControlServer server;

    @BeforeEach
    void serve() throws IOException {
        SampleStore.make(home.resolve("data").resolve("peers"));
        server = StagedControl.serve(home, node);
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
                        "disconnect 8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55 operator")
                .noneMatch(order -> order.contains("remove 8f1d02c77a"));
    }

    @Test
    void aNodeThatIsNotRunningIsAskedByItsStore() throws IOException {
        server.close();

        Transcript.check("not-running", home);
    }
}
