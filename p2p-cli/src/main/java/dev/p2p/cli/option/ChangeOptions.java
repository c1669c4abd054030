package dev.p2p.cli.option;

import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** Options of every command that changes something. */
public final class ChangeOptions {

    @Option(names = "--dry-run", description = "only tell what would happen")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "do not ask")
    private boolean yes;

    /** Whether nothing may be changed. */
    public boolean dryRun() {
        return dryRun;
    }

    /**
     * Asks before something that cannot be undone. Without a terminal nothing is asked, so {@code -y} must stand there.
     *
     * @throws Failure if the answer is not yes
     */
    public void confirm(String question, PrintWriter err, Surroundings around) {
        if (yes || dryRun) {
            return;
        }
        if (!around.terminal()) {
            throw Failure.of("P2P-NOT-CONFIRMED", ExitCode.USAGE, "cannot ask: " + question, "there is no terminal")
                    .tryThis("the same command with -y")
                    .orThis("the same command with --dry-run shows what would happen");
        }
        err.print(question + " [y/N] ");
        err.flush();
        if (!answeredYes(around)) {
            throw Failure.of("P2P-NOT-CONFIRMED", ExitCode.FAILED, "nothing was changed", "the answer was not yes")
                    .tryThis("the same command with -y");
        }
    }

    private static boolean answeredYes(Surroundings around) {
        try {
            int first = around.in().read();
            return first == 'y' || first == 'Y';
        } catch (IOException e) {
            return false;
        }
    }
}
