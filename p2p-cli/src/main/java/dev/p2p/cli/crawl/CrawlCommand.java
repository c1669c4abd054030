package dev.p2p.cli.crawl;

import dev.p2p.api.NodeKey;
import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.Visitor;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Version;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.FileTrouble;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.plugin.Plugins;
import dev.p2p.router.plugin.TransportSet;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code p2p crawl}: who is out there? */
@Command(
        name = "crawl",
        description = "Walks a network from node to node by peer exchange: asks each node for addresses, visits those,"
                + " and writes what it found as JSON lines and as a page. Ctrl-C keeps the results; --resume goes on.",
        header = {
            "Examples:",
            "  p2p crawl --start seed.example.org:26656 --out ./crawl --neighbors",
            "  p2p crawl --resume --out ./crawl --rounds 5",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 nobody left to visit, 4 nobody was reached, 130 interrupted; results are kept in each case."
        })
public final class CrawlCommand implements Callable<Integer> {

    private static final int MOST_WORKERS = 1_024;
    private static final int MOST_PEERS = 1_000_000;
    private static final int MOST_ROUNDS = 100;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--start", arity = "1..*", paramLabel = "ADDR", description = "where to begin: [ID@]HOST:PORT")
    private List<String> starts = new ArrayList<>();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder for the results")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Option(names = "--neighbors", description = "write edges.jsonl too: who told of whom")
    private boolean neighbours;

    @Option(names = "--max-peers", paramLabel = "N", description = "nodes at most; default ${DEFAULT-VALUE}")
    private int maxPeers = 20_000;

    @Option(names = "--depth", paramLabel = "N", description = "steps from a start at most; default: any number")
    private int depth = Integer.MAX_VALUE;

    @Option(names = "--workers", paramLabel = "N", description = "visits at a time; default ${DEFAULT-VALUE}")
    private int workers = 64;

    @Option(names = "--rate", paramLabel = "N", description = "dials a second at most; default ${DEFAULT-VALUE}")
    private double rate = 50;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "ask each node so often at most, 30 s apart, while it names new neighbours;"
                    + " default ${DEFAULT-VALUE}")
    private int rounds = 1;

    @Option(names = "--low-ports", description = "dial ports below 1024 too if nodes tell of them")
    private boolean lowPorts;

    @Option(names = "--resume", description = "go on with the crawl in DIR")
    private boolean resume;

    @Option(names = "--chain-id", paramLabel = "NAME", description = "the network; default: the first start's")
    private Optional<String> network = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", description = "for each visit; default ${DEFAULT-VALUE}")
    private String timeout = "10s";

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            description = "auto, bar, plain or none; default ${DEFAULT-VALUE}")
    private CrawlProgress.Style progress = CrawlProgress.Style.AUTO;

    @Override
    public Integer call() throws InterruptedException {
        List<Target> places = starts.stream().map(Target::parse).toList();
        CrawlLimits limits = limits();
        Duration limit = DurationArgument.parse("--timeout", timeout);
        if (places.isEmpty() && !resume) {
            throw new ParameterException(spec.commandLine(), "--start is missing");
        }
        requireFitting();
        Plugins plugins = Plugins.load(common.plugins());
        SecureRandom random = new SecureRandom();
        Caller caller = new Caller(NodeKey.generate(random), "p2p-crawl", Version.current(), Caller.PEX_ONLY);
        try (CrawlFolder folder = CrawlFolder.open(out);
                Interruption interruption = Interruption.listen();
                TransportSet transports =
                        new TransportSet(plugins.transports(), plugins.streamProtocol(), random, Map.of());
                Visitor visitor = new Visitor(transports, caller)) {
            CrawlRun run = new CrawlRun(
                    folder, limits, neighbours, caller.key().id(), asked -> new Guest(visitor, asked, limit)::visit);
            CrawlRun.Ended ended = run.run(places, network, interruption, screen());
            ended.print(spec.commandLine().getOut(), common.output() == OutputFormat.JSON);
            return interruption.finish(ended.exitCode());
        } catch (CrawlFolder.BusyException e) {
            throw Failure.of(
                            "P2P-CRAWL-BUSY",
                            ExitCode.FAILED,
                            "cannot write into " + out,
                            String.valueOf(e.getMessage()))
                    .tryThis("wait for the other crawl, or name another folder with --out")
                    .causedBy(e);
        } catch (IOException e) {
            throw unkept(e);
        }
    }

    private Failure unkept(IOException e) {
        String what = "cannot keep results in " + out;
        if (CrawlFolder.isUsed(out)) {
            return Failure.of("P2P-CRAWL-IO", ExitCode.FAILED, what, FileTrouble.why(e))
                    .tryThis("make room, then go on from what is there: p2p crawl --resume --out " + out)
                    .orThis("name a folder on another disk with --out")
                    .causedBy(e);
        }
        return Failure.of("P2P-FOLDER-UNUSABLE", ExitCode.FAILED, what, FileTrouble.why(e))
                .tryThis("name with --out a folder that can be made and written")
                .causedBy(e);
    }

    private CrawlLimits limits() {
        boolean fit = maxPeers >= 1
                && maxPeers <= MOST_PEERS
                && workers >= 1
                && workers <= MOST_WORKERS
                && depth >= 0
                && rate > 0
                && rounds >= 1
                && rounds <= MOST_ROUNDS;
        if (!fit) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--max-peers is 1 to " + MOST_PEERS + ", --workers 1 to " + MOST_WORKERS
                            + ", --depth at least 0, --rate more than 0, --rounds 1 to " + MOST_ROUNDS);
        }
        return new CrawlLimits(
                maxPeers,
                depth,
                workers,
                rate,
                rounds,
                CrawlLimits.BETWEEN_QUESTIONS,
                lowPorts ? 1 : CrawlLimits.ORDINARY_PORTS);
    }

    private void requireFitting() {
        boolean used = CrawlFolder.isUsed(out);
        if (used && !resume) {
            throw Failure.of(
                            "P2P-CRAWL-EXISTS",
                            ExitCode.USAGE,
                            "cannot begin a crawl in " + out,
                            "it holds one already")
                    .tryThis("name another folder with --out")
                    .orThis("go on with it: p2p crawl --resume --out " + out);
        }
        if (!used && resume) {
            throw Failure.of("P2P-CRAWL-NOT-FOUND", ExitCode.NOT_FOUND, "cannot resume in " + out, "there is no crawl")
                    .tryThis("begin one: p2p crawl --start HOST:PORT --out " + out);
        }
    }

    private CrawlProgress screen() {
        CrawlProgress.Style style =
                common.isQuiet() && progress == CrawlProgress.Style.AUTO ? CrawlProgress.Style.NONE : progress;
        return new CrawlProgress(spec.commandLine().getErr(), style, System.nanoTime());
    }
}
