package dev.p2p.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.cli.crawl.CrawlRun.Ended;
import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.EdgeRow;
import dev.p2p.cli.crawl.result.JsonLines;
import dev.p2p.cli.crawl.result.NodeRow;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.TestNodes;
import dev.p2p.cli.dial.Visitor;
import dev.p2p.router.plugin.TransportSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asking again, on an invented network: node 0 knows everybody and tells a hundred at a time, the others know twenty and tell them all
 * at once.
 */
class CrawlRoundsTest {

    private static final NodeId SELF = new NodeId(1, 1, 1);
    private static final Duration AT_ONCE = Duration.ofNanos(1);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NODES = 301;
    private static final int LARGE = 0;
    private static final int FIRST_PORT = 10_000;

    private final Interruption interruption = Interruption.listen();
    private final Map<Integer, Integer> questions = new ConcurrentHashMap<>();

    @TempDir
    private Path path;

    @AfterEach
    void close() {
        interruption.close();
    }

    @Test
    void aLargeNodeIsAskedUntilItNamesNobodyNew() throws Exception {
        Ended ended = run(10, AT_ONCE, this::answer);
        assertThat(ended.exitCode()).isZero();
        assertThat(questions).hasSize(NODES).containsEntry(LARGE, 4);
        assertThat(questions.values().stream().filter(count -> count > 1)).hasSize(1);
        assertThat(edgesOfTheLargeNode()).hasSize(NODES - 1).doesNotHaveDuplicates();
        NodeRow row = row(ended, LARGE);
        assertThat(row.told()).isEqualTo(NODES - 1);
        assertThat(row.timesAnswered()).isEqualTo(4);
        assertThat(row.newInLastAnswer()).isZero();
        assertThat(ended.result().mayKnowMore()).isZero();
        assertThat(last(ended)).doesNotContain("may know more");
    }

    @Test
    void onceIsTheMostByDefaultAndTheLastLineSaysWhoMayKnowMore() throws Exception {
        Ended ended = run(1, AT_ONCE, this::answer);
        assertThat(questions).containsEntry(LARGE, 1);
        assertThat(edgesOfTheLargeNode()).hasSize(100);
        assertThat(last(ended))
                .contains("more     1 nodes may know more than they told: p2p crawl --resume --out ", " --rounds 5");
    }

    @Test
    void nobodyIsAskedMoreOftenThanTheRounds() throws Exception {
        Ended ended = run(3, AT_ONCE, this::answer);
        assertThat(questions).containsEntry(LARGE, 3);
        assertThat(edgesOfTheLargeNode()).hasSize(300).doesNotHaveDuplicates();
        assertThat(ended.result().mayKnowMore()).isEqualTo(1);
    }

    @Test
    void aFinishedCrawlGoesOnWithMoreRounds() throws Exception {
        run(1, AT_ONCE, this::answer);
        Ended ended = run(10, AT_ONCE, this::answer);
        assertThat(questions).containsEntry(LARGE, 4);
        assertThat(questions.values().stream().filter(count -> count > 1)).hasSize(1);
        assertThat(edgesOfTheLargeNode()).hasSize(NODES - 1).doesNotHaveDuplicates();
        assertThat(row(ended, LARGE).told()).isEqualTo(NODES - 1);
    }

    /** One worker, and an interval that never ends in this test: whoever waits to be asked again keeps nobody from being visited. */
    @Test
    void aNodeThatWaitsHoldsNoWorkerAndIsNotForgottenByAnInterrupt() throws Exception {
        Ended first = run(10, 1, Duration.ofDays(1), place -> {
            Outcome outcome = answer(place);
            if (questions.size() == NODES) {
                interruption.ask();
            }
            return outcome;
        });
        assertThat(questions).hasSize(NODES).containsEntry(LARGE, 1);
        assertThat(first.exitCode()).isEqualTo(130);
        assertThat(last(first)).contains("go on    p2p crawl --resume --out ", " --rounds 10");
        questions.clear();
        questions.put(LARGE, 1);
        try (Interruption quiet = Interruption.listen()) {
            Ended second = run(10, 16, AT_ONCE, this::answer, quiet);
            assertThat(second.exitCode()).isZero();
        }
        assertThat(questions).containsEntry(LARGE, 4);
        assertThat(edgesOfTheLargeNode()).hasSize(NODES - 1).doesNotHaveDuplicates();
    }

    @Test
    void whoeverDoesNotAnswerAgainKeepsWhatItToldBefore() throws Exception {
        Ended ended = run(
                10,
                AT_ONCE,
                place -> number(place) == LARGE && questions.containsKey(LARGE)
                        ? Outcome.failed(new Stages(() -> 0), Reason.CONNECTION_REFUSED, "gone")
                        : answer(place));
        NodeRow row = row(ended, LARGE);
        assertThat(row.outcome()).isEqualTo("answered");
        assertThat(row.told()).isEqualTo(100);
        assertThat(row.mayKnowMore()).isTrue();
    }

    @Test
    void theLimitOfNodesHoldsAcrossRounds() throws Exception {
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            Ended ended =
                    run(folder, new CrawlLimits(150, 100, 16, 1e6, 10, AT_ONCE, 1_024), this::answer, interruption);
            assertThat(ended.summary().known()).isEqualTo(150);
            assertThat(ended.result().nodes()).hasSize(150);
            assertThat(ended.summary().beyondLimit()).isPositive();
            assertThat(questions).containsEntry(LARGE, 4);
        }
    }

    @Test
    void theDepthHoldsAcrossRounds() throws Exception {
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            Ended ended =
                    run(folder, new CrawlLimits(1_000, 0, 16, 1e6, 10, AT_ONCE, 1_024), this::answer, interruption);
            assertThat(ended.result().nodes()).hasSize(1);
            assertThat(questions).containsOnly(Map.entry(LARGE, 4));
        }
    }

    @Test
    void linesOfVersionsThatAskedOnceAreUnderstood() throws Exception {
        run(1, AT_ONCE, this::answer);
        Path nodes = path.resolve("nodes.jsonl");
        String before = Files.readString(nodes);
        String older = before.replaceAll(",\"answers\":\\d+,\"latest_new\":\\d+", "");
        assertThat(older).isNotEqualTo(before).doesNotContain("latest_new");
        Files.writeString(nodes, older);
        run(10, AT_ONCE, this::answer);
        assertThat(questions).containsEntry(LARGE, 4);
        assertThat(questions.values().stream().filter(count -> count > 1)).hasSize(1);
        assertThat(edgesOfTheLargeNode()).hasSize(NODES - 1).doesNotHaveDuplicates();
    }

    @Test
    void withoutWrittenNeighboursTheCountBeginsAnew() throws Exception {
        run(1, AT_ONCE, this::answer);
        Files.delete(path.resolve("edges.jsonl"));
        questions.clear();
        questions.put(LARGE, 1);
        Ended ended = run(10, AT_ONCE, this::answer);
        // The first three hundred come again in three answers, and a fourth names nobody new.
        assertThat(questions).containsEntry(LARGE, 5);
        assertThat(row(ended, LARGE).told()).isEqualTo(NODES - 1);
    }

    /** Real nodes, real connections: each question is a visit of its own, and what was told before is told again. */
    @Test
    void realNodesAreAskedAgainOverConnectionsOfTheirOwn() throws Exception {
        try (TestNodes nodes = new TestNodes();
                CrawlFolder folder = CrawlFolder.open(path);
                TransportSet transports = new TransportSet(
                        nodes.plugins().transports(), nodes.plugins().streamProtocol(), RANDOM, Map.of())) {
            TellingNetwork network = new TellingNetwork(nodes, "crawl-net");
            network.add(4, 120);
            Caller caller = new Caller(NodeKey.generate(RANDOM), "crawl", "1", Caller.PEX_ONLY);
            try (Visitor visitor = new Visitor(transports, caller)) {
                CrawlLimits limits = new CrawlLimits(1_000, 100, 16, 1e6, 10, AT_ONCE, 1_024);
                CrawlRun run = new CrawlRun(
                        folder,
                        limits,
                        true,
                        caller.key().id(),
                        asked -> new Guest(visitor, asked, Duration.ofSeconds(30))::visit);
                CrawlProgress silent = new CrawlProgress(
                        new PrintWriter(new StringWriter()), CrawlProgress.Style.NONE, System.nanoTime());
                Ended ended = run.run(List.of(Target.parse(network.start())), Optional.empty(), interruption, silent);
                assertThat(ended.result().answered()).isEqualTo(4);
                assertThat(ended.result().nodes()).hasSize(124);
                assertThat(ended.result().edges()).isEqualTo(4 * 41);
                assertThat(network.questions().values())
                        .as("the second answer told nothing new")
                        .containsOnly(2);
            }
        }
    }

    private Ended run(int rounds, Duration between, Crawl.Visiting visiting) throws IOException, InterruptedException {
        return run(rounds, 16, between, visiting);
    }

    private Ended run(int rounds, int workers, Duration between, Crawl.Visiting visiting)
            throws IOException, InterruptedException {
        return run(rounds, workers, between, visiting, interruption);
    }

    private Ended run(int rounds, int workers, Duration between, Crawl.Visiting visiting, Interruption stop)
            throws IOException, InterruptedException {
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            return run(folder, new CrawlLimits(1_000, 100, workers, 1e6, rounds, between, 1_024), visiting, stop);
        }
    }

    private static Ended run(CrawlFolder folder, CrawlLimits limits, Crawl.Visiting visiting, Interruption stop)
            throws IOException, InterruptedException {
        CrawlProgress silent =
                new CrawlProgress(new PrintWriter(new StringWriter()), CrawlProgress.Style.NONE, System.nanoTime());
        return new CrawlRun(folder, limits, true, SELF, network -> visiting)
                .run(List.of(Target.of(address(LARGE))), Optional.of("invented"), stop, silent);
    }

    /** The large node tells the next hundred of its three hundred each time it is asked. */
    private Outcome answer(Target place) {
        int number = number(place);
        int before = questions.merge(number, 1, Integer::sum) - 1;
        Stages stages = new Stages(() -> 0);
        stages.reached(Stage.TCP);
        stages.authenticated(id(number));
        stages.received(NodeInfo.of(id(number), "invented", "node", "0.40.0", "0.0.0.0:1", Caller.PEX_ONLY));
        List<NodeAddress> told = number == LARGE
                ? IntStream.range(0, 100)
                        .mapToObj(i -> address(1 + (100 * before + i) % (NODES - 1)))
                        .toList()
                : IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> address((number + i) % NODES))
                        .toList();
        return new Outcome(stages, Optional.empty(), "", told, 0, OptionalLong.of(1_000));
    }

    private List<String> edgesOfTheLargeNode() throws IOException {
        List<EdgeRow> edges = new ArrayList<>();
        JsonLines.read(path.resolve("edges.jsonl"), EdgeRow.class, edges::add);
        return edges.stream()
                .filter(edge -> edge.from().equals(id(LARGE).toString()))
                .map(EdgeRow::to)
                .collect(Collectors.toList());
    }

    private static NodeRow row(Ended ended, int number) {
        return ended.result().nodes().stream()
                .filter(row -> row.key().equals(id(number).toString()))
                .findFirst()
                .orElseThrow();
    }

    private static String last(Ended ended) {
        StringWriter text = new StringWriter();
        ended.print(new PrintWriter(text), false);
        return text.toString().lines().toList().getLast();
    }

    private static int number(Target place) {
        return place.place().orElseThrow().port() - FIRST_PORT;
    }

    private static NodeAddress address(int number) {
        return NodeAddress.of(id(number), new HostPort("127.0.0.1", FIRST_PORT + number));
    }

    private static NodeId id(int number) {
        return new NodeId(9, number, number);
    }
}
