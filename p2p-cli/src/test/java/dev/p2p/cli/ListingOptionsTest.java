package dev.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.option.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of listings do beyond what a screen shows. */
class ListingOptionsTest {

    private static final String ESCAPE = "\033";

    @TempDir
    private Path folder;

    private String store = "";

    @BeforeEach
    void makeStore() {
        Path path = folder.resolve("store");
        SampleStore.make(path);
        store = path.toString();
    }

    @Test
    void coloursAreForTerminals() {
        assertThat(list(new CommandRun()).out()).doesNotContain(ESCAPE);
        assertThat(list(new CommandRun().terminal("")).out()).contains(ESCAPE + "[36m" + "2ab7e0c914");
    }

    @Test
    void noColorWinsOverATerminalAndOverForce() {
        assertThat(list(new CommandRun().terminal("").environment(Map.of("NO_COLOR", "1")))
                        .out())
                .doesNotContain(ESCAPE);
        assertThat(list(new CommandRun().terminal("").environment(Map.of("NO_COLOR", "1", "CLICOLOR_FORCE", "1")))
                        .out())
                .doesNotContain(ESCAPE);
    }

    @Test
    void forceColoursAPipeUnlessItIsZero() {
        assertThat(list(new CommandRun().environment(Map.of("CLICOLOR_FORCE", "1")))
                        .out())
                .contains(ESCAPE);
        assertThat(list(new CommandRun().environment(Map.of("CLICOLOR_FORCE", "0")))
                        .out())
                .doesNotContain(ESCAPE);
        assertThat(list(new CommandRun().environment(Map.of("NO_COLOR", "", "CLICOLOR_FORCE", "1")))
                        .out())
                .contains(ESCAPE);
    }

    @Test
    void theOptionWinsOverTheEnvironment() {
        CommandRun coloured = new CommandRun().environment(Map.of("NO_COLOR", "1"));

        assertThat(list(coloured, "--color", "always").out()).contains(ESCAPE);
        assertThat(list(new CommandRun().terminal(""), "--color", "never").out())
                .doesNotContain(ESCAPE);
    }

    @Test
    void aDumbTerminalGetsNoColours() {
        assertThat(list(new CommandRun().terminal("").environment(Map.of("TERM", "dumb")))
                        .out())
                .doesNotContain(ESCAPE);
    }

    @Test
    void homeComesFromTheEnvironmentIfTheOptionIsMissing() {
        Path home = folder.resolve("home");
        SampleStore.make(home.resolve("data").resolve("peers"));

        CommandRun.Result result = new CommandRun()
                .environment(Map.of("P2P_HOME", home.toString()))
                .run("peers", "list", "-o", "name");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).hasSize(6);
        assertThat(result.err())
                .isEqualTo("source: store " + home.resolve("data").resolve("peers") + " (offline)\n");
    }

    @Test
    void watchingShowsTheTableAgainAfterEachPause() {
        CommandRun.Result result =
                list(new CommandRun().pause(rounds(3)), "--watch=1s", "--no-headers", "--limit", "1");

        assertThat(result.out().lines().filter(line -> line.startsWith("2ab7"))).hasSize(3);
    }

    @Test
    void watchingOnATerminalClearsItFirst() {
        CommandRun.Result result = list(new CommandRun().terminal("").pause(rounds(2)), "-w", "--color", "never");

        assertThat(result.out()).startsWith(ESCAPE + "[H" + ESCAPE + "[2J" + "PEER");
        assertThat(result.out().split(ESCAPE + "\\[2J", -1)).hasSize(3);
    }

    @Test
    void watchingLinesPrintsOnlyWhatChanged() {
        AtomicInteger round = new AtomicInteger();
        Surroundings.Pause ban = time -> {
            if (round.getAndIncrement() == 0) {
                new CommandRun().run("peers", "ban", "8f1dff", "--db", store, "-q");
                return true;
            }
            return false;
        };

        List<String> lines = list(new CommandRun().pause(ban), "-w", "-o", "jsonl")
                .out()
                .lines()
                .toList();

        assertThat(lines).hasSize(7);
        assertThat(lines.getLast()).contains("8f1dffc77a", "\"state\":\"banned\"");
    }

    @Test
    void programsAreToldOnTheSideThatSomethingIsMissing() {
        CommandRun.Result cut = new CommandRun().run("peers", "list", "--db", store, "-o", "json", "--limit", "2");

        assertThat(cut.err()).contains("2 of 6 shown (use --limit 0 for all)");
        assertThat(new CommandRun()
                        .run("peers", "list", "--db", store, "-o", "json", "--limit", "0")
                        .err())
                .doesNotContain("shown");
    }

    @Test
    void aPersonIsAskedAndMayRefuse() {
        CommandRun.Result refused =
                new CommandRun().terminal("n\n").run("peers", "remove", "2ab7", "--db", store, "-q");
        CommandRun.Result agreed = new CommandRun().terminal("y\n").run("peers", "remove", "2ab7", "--db", store, "-q");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("forget 1 peer(s) with their history? [y/N]", "P2P-NOT-CONFIRMED");
        assertThat(agreed.exitCode()).isZero();
        assertThat(list(new CommandRun(), "-o", "name").out()).doesNotContain("2ab7");
    }

    private CommandRun.Result list(CommandRun run, String... more) {
        List<String> line = new ArrayList<>(List.of("peers", "list", "--db", store, "-q"));
        line.addAll(List.of(more));
        return run.run(line.toArray(String[]::new));
    }

    private static Surroundings.Pause rounds(int count) {
        AtomicInteger left = new AtomicInteger(count);
        return time -> left.decrementAndGet() > 0;
    }
}
