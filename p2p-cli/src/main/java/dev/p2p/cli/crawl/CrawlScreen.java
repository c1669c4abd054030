package dev.p2p.cli.crawl;

import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.crawl.result.CrawlSummary;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The last lines of a crawl. */
final class CrawlScreen {

    private static final int MOST_WORDS = 4;
    private static final int MORE_ROUNDS = 4;

    private CrawlScreen() {}

    static List<String> lines(CrawlFolder folder, CrawlResult result, CrawlSummary summary) {
        List<String> lines = new ArrayList<>();
        int visited = result.nodes().size();
        lines.add(String.format(
                Locale.ROOT,
                "%s in %s   known %,d   visited %,d   reached %,d (%s)%s",
                summary.complete() ? "done" : "interrupted",
                Units.duration(summary.took()),
                summary.known(),
                visited,
                result.reached(),
                percent(result.reached(), visited),
                summary.neighbours()
                        ? String.format(
                                Locale.ROOT, "   edges %,d   mean degree %.1f", result.edges(), result.meanDegree())
                        : ""));
        lines.add("outcomes " + words(result.outcomes(), visited));
        if (result.reached() > 0) {
            lines.add("versions " + words(result.versions(), result.reached()));
            lines.add("networks " + words(result.networks(), result.reached()));
        }
        if (summary.beyondLimit() > 0) {
            lines.add("limit    --max-peers kept " + summary.beyondLimit() + " tellings of further nodes out");
        }
        String edges = summary.neighbours() ? "edges.jsonl  " : "";
        lines.add("files    nodes.jsonl  " + edges + "summary.json  report.html  in " + folder.path());
        String rounds = summary.rounds() > 1 ? " --rounds " + summary.rounds() : "";
        if (!summary.complete()) {
            lines.add("go on    p2p crawl --resume --out " + folder.path() + rounds);
        } else if (result.mayKnowMore() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "more     %,d nodes may know more than they told: p2p crawl --resume --out %s --rounds %d",
                    result.mayKnowMore(),
                    folder.path(),
                    summary.rounds() + MORE_ROUNDS));
        }
        return lines.stream().map(Printable::of).toList();
    }

    private static String words(Map<String, Long> counts, long all) {
        String shown = counts.entrySet().stream()
                .limit(MOST_WORDS)
                .map(entry -> entry.getKey() + " (" + percent(entry.getValue(), all) + ")")
                .collect(Collectors.joining("  "));
        long others = counts.values().stream()
                .skip(MOST_WORDS)
                .mapToLong(Long::longValue)
                .sum();
        return others == 0 ? shown : shown + "  " + others + " others (" + percent(others, all) + ")";
    }

    private static String percent(long part, long all) {
        return all == 0 ? "0%" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / all);
    }
}
