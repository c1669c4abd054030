package dev.p2p.cli.crawl;

import dev.p2p.api.NodeId;
import dev.p2p.cli.crawl.Crawl.Visiting;
import dev.p2p.cli.crawl.report.HtmlReport;
import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.crawl.result.CrawlSummary;
import dev.p2p.cli.crawl.result.EdgeRow;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One run of a crawl, from its folder's state to its last line. Used once. */
final class CrawlRun {

    private final CrawlFolder folder;
    private final CrawlLimits limits;
    private final boolean neighbours;
    private final NodeId self;
    private final Function<Optional<String>, Visiting> visiting;
    private final InstantSource clock = InstantSource.system();

    /**
     * @param self the crawler's own identity
     * @param visiting makes visits as a member of a network, or of each node's own
     */
    CrawlRun(
            CrawlFolder folder,
            CrawlLimits limits,
            boolean neighbours,
            NodeId self,
            Function<Optional<String>, Visiting> visiting) {
        this.folder = folder;
        this.limits = limits;
        this.neighbours = neighbours;
        this.self = self;
        this.visiting = visiting;
    }

    /** What is in the files at the end. */
    record Ended(CrawlFolder folder, CrawlResult result, CrawlSummary summary) {

        int exitCode() {
            if (!summary.complete()) {
                return Interruption.EXIT_CODE;
            }
            return result.reached() > 0 ? ExitCode.OK : ExitCode.NO_ANSWER;
        }

        void print(PrintWriter out, boolean json) {
            if (json) {
                Json.print(out, "crawl", summary.fields(result));
            } else {
                CrawlScreen.lines(folder, result, summary).forEach(out::println);
            }
            out.flush();
        }
    }

    Ended run(List<Target> starts, Optional<String> network, Interruption interruption, CrawlProgress progress)
            throws IOException, InterruptedException {
        Instant began = clock.instant();
        long beganNanos = System.nanoTime();
        CrawlStart start = CrawlStart.of(starts, folder);
        network.ifPresent(asked -> start.network().ifPresent(found -> requireSame(asked, found)));
        Frontier frontier = new Frontier(limits, new DialBudget(limits.dialsPerSecond(), System.nanoTime()));
        start.fill(frontier, folder, limits, System.nanoTime());
        CrawlTally tally = CrawlTally.after(start.before());
        Set<EdgeRow> leftBehind = start.edgesLeftBehind(folder);
        try (Recorder recorder = new Recorder(folder, neighbours, leftBehind, clock)) {
            recorder.begin(starts);
            Crawl crawl = new Crawl(
                    limits,
                    frontier,
                    new AddressFilter(self, start.narrowestScope(), limits.leastPort()),
                    network.or(start::network),
                    visiting,
                    recorder,
                    tally);
            boolean complete = crawl.run(
                    interruption, () -> progress.look(tally, crawl.network().orElse(""), System.nanoTime()));
            return write(new CrawlSummary(
                    crawl.network().orElse(""),
                    began.truncatedTo(ChronoUnit.SECONDS),
                    Duration.ofNanos(System.nanoTime() - beganNanos),
                    complete,
                    frontier.known(),
                    frontier.beyondLimit(),
                    frontier.usedUp(),
                    limits.rounds(),
                    neighbours || start.before().edges() > 0));
        } finally {
            progress.end();
        }
    }

    private void requireSame(String asked, String found) {
        if (!asked.equals(found)) {
            throw Failure.of(
                            "P2P-CRAWL-EXISTS",
                            ExitCode.USAGE,
                            "cannot go on with the crawl in " + folder.path() + " in the network " + asked,
                            "it is a crawl of " + found)
                    .tryThis("leave --chain-id out: p2p crawl --resume --out " + folder.path())
                    .orThis("begin one of " + asked + " in another folder with --out");
        }
    }

    private Ended write(CrawlSummary summary) throws IOException {
        CrawlResult result = CrawlResult.read(folder);
        CrawlFolder.replace(folder.summary(), summary.json(result));
        CrawlFolder.replace(folder.report(), HtmlReport.page(folder, result, summary));
        if (summary.complete()) {
            Files.deleteIfExists(folder.frontier());
        }
        return new Ended(folder, result, summary);
    }
}
