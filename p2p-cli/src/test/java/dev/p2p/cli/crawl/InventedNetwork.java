package dev.p2p.cli.crawl;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.cli.crawl.CrawlRun.Ended;
import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.TestNodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** A network whose nodes are functions; the files of its crawls are real. Counts the visits. */
final class InventedNetwork implements AutoCloseable {

    static final int FIRST_PORT = 10_000;

    private static final NodeId SELF = new NodeId(1, 1, 1);

    final Interruption interruption = Interruption.listen();
    final Map<NodeId, Integer> visits = new HashMap<>();
    private final Path path;

    /** @param path where its crawls write */
    InventedNetwork(Path path) {
        this.path = path;
    }

    @Override
    public void close() {
        interruption.close();
    }

    Ended run(int size, Crawl.Visiting visiting, List<Target> starts) throws IOException, InterruptedException {
        return run(size, visiting, starts, interruption);
    }

    Ended run(String network, List<Target> starts) throws IOException, InterruptedException {
        Crawl.Visiting visiting = place -> answer(place, number(place), 10);
        return run(10, visiting, starts, interruption, true, network);
    }

    CrawlResult before() throws IOException {
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            return CrawlResult.read(folder);
        }
    }

    /** The address under which the invented network knows a node. */
    static NodeAddress known(NodeId id) {
        return IntStream.range(0, 1_000)
                .mapToObj(InventedNetwork::address)
                .filter(address -> address.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    Ended run(int size, Crawl.Visiting visiting, List<Target> starts, Interruption stop)
            throws IOException, InterruptedException {
        return run(size, visiting, starts, stop, true);
    }

    Ended run(int size, Crawl.Visiting visiting, List<Target> starts, Interruption stop, boolean neighbours)
            throws IOException, InterruptedException {
        return run(size, visiting, starts, stop, neighbours, "invented");
    }

    Ended run(
            int size,
            Crawl.Visiting visiting,
            List<Target> starts,
            Interruption stop,
            boolean neighbours,
            String network)
            throws IOException, InterruptedException {
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            CrawlLimits limits = CrawlLimits.once(size, 100, 16, 1e6);
            CrawlRun run = new CrawlRun(folder, limits, neighbours, SELF, asked -> visiting);
            CrawlProgress silent =
                    new CrawlProgress(new PrintWriter(new StringWriter()), CrawlProgress.Style.NONE, System.nanoTime());
            return run.run(starts, Optional.of(network), stop, silent);
        }
    }

    /** Node n tells of itself, as some nodes do, and of the twenty that follow it in a ring. */
    Outcome answer(Target place, int number, int size) {
        synchronized (visits) {
            visits.merge(id(number), 1, Integer::sum);
        }
        Stages stages = new Stages(() -> 0);
        stages.reached(Stage.TCP);
        stages.encrypted("nothing");
        stages.authenticated(id(number));
        String version = number % 4 == 0 ? "0.40.0" : "0.38.25";
        stages.received(NodeInfo.of(id(number), "invented", "node", version, "0.0.0.0:1", Caller.PEX_ONLY));
        List<NodeAddress> told = IntStream.rangeClosed(0, 20)
                .mapToObj(i -> address((number + i) % size))
                .toList();
        return new Outcome(stages, Optional.empty(), "", told, 0, OptionalLong.of(1_000));
    }

    static int number(Target place) {
        return place.place().orElseThrow().port() - FIRST_PORT;
    }

    static Target place(int number) {
        return Target.of(address(number));
    }

    static NodeAddress address(int number) {
        return NodeAddress.of(id(number), new HostPort("127.0.0.1", FIRST_PORT + number));
    }

    static NodeId id(int number) {
        return number == 0 ? TestNodes.key(1).id() : new NodeId(9, number, number);
    }
}
