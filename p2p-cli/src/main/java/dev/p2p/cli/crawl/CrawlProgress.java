package dev.p2p.cli.crawl;

import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** How a crawl comes along: a bar that is drawn again and again on a terminal, a line each ten seconds elsewhere, or nothing. */
final class CrawlProgress {

    /** How it is shown. */
    enum Style {
        /** A bar on a terminal, plain lines elsewhere. */
        AUTO,
        BAR,
        PLAIN,
        NONE
    }

    /** What does not fit into the line is cut by the terminal: a line that wraps could not be drawn over. */
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private static final long BAR_EVERY_NANOS = 200_000_000L;
    private static final long LINE_EVERY_NANOS = 10_000_000_000L;
    private static final int CELLS = 24;
    private static final int MOST_NAME = 24;

    private final PrintWriter to;
    private final Style style;
    private final long began;
    private long shownAt;
    private long freshBefore;
    private boolean drawn;

    CrawlProgress(PrintWriter to, Style style, long now) {
        this.to = to;
        this.style = style == Style.AUTO ? (Surroundings.standardErrorIsTerminal() ? Style.BAR : Style.PLAIN) : style;
        this.began = now;
        this.shownAt = now;
    }

    /** Shows how far it came, if it is time to. */
    void look(CrawlTally tally, String network, long now) {
        long every = style == Style.BAR ? BAR_EVERY_NANOS : LINE_EVERY_NANOS;
        if (style == Style.NONE || now - shownAt < every) {
            return;
        }
        Duration age = Duration.ofNanos(now - began);
        if (style == Style.BAR) {
            to.print("\r" + NO_WRAP + bar(tally, network, age) + WRAP + "\033[K");
            drawn = true;
        } else {
            to.println(line(tally, network, age, tally.fresh() - freshBefore));
        }
        to.flush();
        shownAt = now;
        freshBefore = tally.fresh();
    }

    /** Takes the bar away. */
    void end() {
        if (drawn) {
            to.print("\r\033[K");
            to.flush();
        }
    }

    static String bar(CrawlTally tally, String network, Duration age) {
        int filled = tally.known() == 0
                ? 0
                : (int) ((long) CELLS * Math.min(tally.visited(), tally.known()) / tally.known());
        return String.format(
                Locale.ROOT,
                "crawling %s  %s%s  %,d / %,d known   reached %,d   %d under way   %s%s",
                name(network),
                "█".repeat(filled),
                "░".repeat(CELLS - filled),
                tally.visited(),
                tally.known(),
                tally.reached(),
                tally.running(),
                tally.resting() == 0 ? "" : String.format(Locale.ROOT, "%,d to ask again   ", tally.resting()),
                Units.duration(age));
    }

    static String line(CrawlTally tally, String network, Duration age, long fresh) {
        return String.format(
                Locale.ROOT,
                "crawling %s: visited %,d of %,d known, reached %,d, under way %d, %snew in the last 10 s %,d, %s",
                name(network),
                tally.visited(),
                tally.known(),
                tally.reached(),
                tally.running(),
                tally.resting() == 0 ? "" : String.format(Locale.ROOT, "to ask again %,d, ", tally.resting()),
                fresh,
                Units.duration(age));
    }

    private static String name(String network) {
        return network.isEmpty() ? "…" : Printable.cut(network, MOST_NAME);
    }
}
