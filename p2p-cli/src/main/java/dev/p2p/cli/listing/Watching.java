package dev.p2p.cli.listing;

import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.OutputFormat;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/** Shows something once, or again and again until the process is ended. */
public final class Watching {

    private static final String CLEAR = "\033[H\033[2J";

    private final Duration period;
    private final Surroundings around;
    private boolean again;

    private Watching(Duration period, Surroundings around) {
        this.period = period;
        this.around = around;
    }

    /** As an option says: absent for once, else a time. */
    public static Watching of(Optional<String> option, Surroundings around) {
        return new Watching(
                option.map(text -> DurationArgument.parse("--watch", text)).orElse(Duration.ZERO), around);
    }

    /** Whether this is not the first round. */
    public boolean again() {
        return again;
    }

    /** Makes room for the next round: clears a terminal, else leaves a line free between two tables. */
    public void clear(PrintWriter out, OutputFormat format) {
        boolean table = format == OutputFormat.TABLE || format == OutputFormat.WIDE;
        if (period.isZero() || !table) {
            return;
        }
        if (around.terminal()) {
            out.print(CLEAR);
        } else if (again) {
            out.println();
        }
    }

    /** Waits for the next round. Returns whether there is one. */
    public boolean pause() {
        again = true;
        if (period.isZero()) {
            return false;
        }
        try {
            return around.pause().await(period);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
