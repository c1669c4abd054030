package dev.p2p.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.cli.crawl.CrawlRun.Ended;
import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.TestNodes;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on an invented network: visits are functions, files are real. */
class CrawlRunTest {

    private static final int FIRST_PORT = 10_000;
    private static final NodeId SELF = new NodeId(1, 1, 1);

    private final Interruption interruption = Interruption.listen();
    private final Map<NodeId, Integer> visits = new HashMap<>();

    @TempDir
    private Path path;

    @AfterEach
    void close() {
        interruption.close();
    }

    @Test
    void aThousandNodesAreEachVisitedOnce() throws Exception {
        Ended ended = run(1_000, place -> answer(place, number(place), 1_000), List.of(place(0)));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.summary().known()).isEqualTo(1_000);
        assertThat(ended.result().nodes())
                .hasSize(1_000)
                .allMatch(row -> row.outcome().equals("answered"));
        assertThat(visits)
                .hasSize(1_000)
                .allSatisfy((id, count) -> assertThat(count).isOne());
        assertThat(ended.result().meanDegree()).isEqualTo(20.0);
    }

    @Test
    void anInterruptKeepsTheResultsAndTheNextRunGoesOn() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        Ended first = run(
                200,
                place -> {
                    if (begun.incrementAndGet() > 50) {
                        interruption.ask();
                        never.await();
                    }
                    return answer(place, number(place), 200);
                },
                List.of(place(0)));
        assertThat(first.exitCode()).isEqualTo(130);
        int kept = first.result().nodes().size();
        assertThat(kept).isBetween(1, 50);
        assertThat(path.resolve("frontier.jsonl")).isNotEmptyFile();
        visits.clear();
        try (Interruption quiet = Interruption.listen()) {
            Ended second = run(200, place -> answer(place, number(place), 200), List.of(), quiet);
            assertThat(second.exitCode()).isZero();
            assertThat(second.result().nodes()).hasSize(200);
            assertThat(visits).hasSize(200 - kept);
        }
    }

    @Test
    void resumeGoesOnWithStartsThatNoVisitFollowed() throws Exception {
        List<Target> starts = IntStream.range(0, 100)
                .mapToObj(i -> Target.parse("127.0.0.1:" + (FIRST_PORT + i)))
                .toList();
        Ended first = run(
                200,
                place -> {
                    interruption.ask();
                    return Outcome.failed(new Stages(() -> 0), Reason.CONNECTION_REFUSED, "nobody is there");
                },
                starts);
        int kept = first.result().nodes().size();
        assertThat(kept).isBetween(1, 50);

        try (Interruption quiet = Interruption.listen()) {
            Ended second = run(
                    200,
                    place -> Outcome.failed(new Stages(() -> 0), Reason.CONNECTION_REFUSED, "nobody is there"),
                    List.of(),
                    quiet);

            assertThat(second.summary().complete()).isTrue();
            assertThat(second.result().nodes()).hasSize(100);
            assertThat(second.summary().known()).isEqualTo(100);
        }
    }

    @Test
    void linesThatLookLikeOursAndAreNoneCostOnlyThemselves() throws Exception {
        Ended first = run(10, place -> answer(place, number(place), 10), List.of(place(0)));
        Path nodes = path.resolve("nodes.jsonl");
        String real = Files.readAllLines(nodes).getLast();
        Files.writeString(nodes, """
                {"id":"zz","address":"127.0.0.1:1","outcome":"answered","at":"x"}
                {"address":"x","outcome":"answered","at":"x"}
                {"id":5}
                {}
                """, StandardOpenOption.APPEND);
        Files.write(nodes, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'}, StandardOpenOption.APPEND);
        Files.writeString(nodes, real + "\n", StandardOpenOption.APPEND);
        Files.writeString(path.resolve("edges.jsonl"), "{\"from\":\"a\"}\n", StandardOpenOption.APPEND);

        Ended second = run(10, place -> answer(place, number(place), 10), List.of());

        assertThat(second.result().nodes()).isEqualTo(first.result().nodes());
        assertThat(second.result().edges()).isEqualTo(first.result().edges());
    }

    @Test
    void aVisitThatFailsOnThisSideIsOneResultAmongOthers() throws Exception {
        Ended ended = run(
                10,
                place -> {
                    if (number(place) == 3) {
                        throw new IllegalStateException("a mistake");
                    }
                    return answer(place, number(place), 10);
                },
                List.of(place(0)));
        assertThat(ended.result().outcomes()).containsEntry("answered", 9L).containsEntry("internal-error", 1L);
    }

    @Test
    void theLastLinesSayWhatThereIsAndHowToGoOn() throws Exception {
        Ended ended = run(40, place -> answer(place, number(place), 40), List.of(place(0)));
        StringWriter text = new StringWriter();
        ended.print(new PrintWriter(text), false);
        assertThat(text.toString())
                .matches(
                        "(?s)done in \\d+s   known 40   visited 40   reached 40 \\(100\\.0%\\)   edges 800   mean degree 20\\.0\n"
                                + "outcomes answered \\(100\\.0%\\)\n"
                                + "versions 0\\.38\\.25 \\(75\\.0%\\)  0\\.40\\.0 \\(25\\.0%\\)\n"
                                + "networks invented \\(100\\.0%\\)\n"
                                + "files    nodes\\.jsonl  edges\\.jsonl  summary\\.json  report\\.html  in .*\n");
    }

    @Test
    void withoutNeighboursNobodySaysHowManyEdgesThereAre() throws Exception {
        Ended ended = run(40, place -> answer(place, number(place), 40), List.of(place(0)), interruption, false);
        StringWriter text = new StringWriter();
        ended.print(new PrintWriter(text), false);
        assertThat(text.toString()).doesNotContain("edges", "degree");
        assertThat(path.resolve("edges.jsonl")).doesNotExist();
        assertThat(path.resolve("summary.json")).content().doesNotContain("edges", "mean_degree");
        assertThat(path.resolve("report.html"))
                .content()
                .contains("No edges were recorded")
                .doesNotContain("<span>edges</span>");
    }

    @Test
    void edgesOfAnEarlierRunStayInTheResult() throws Exception {
        run(40, place -> answer(place, number(place), 40), List.of(place(0)));
        Ended ended = run(40, place -> answer(place, number(place), 40), List.of(), interruption, false);
        StringWriter text = new StringWriter();
        ended.print(new PrintWriter(text), false);
        assertThat(text.toString()).contains("edges 800   mean degree 20.0", "edges.jsonl");
        assertThat(path.resolve("summary.json")).content().contains("\"edges\": 800");
    }

    @Test
    void edgesThatACrashLeftBehindAreNotWrittenAgain() throws Exception {
        Ended first = run(40, place -> answer(place, number(place), 40), List.of(place(0)));
        Path nodes = path.resolve("nodes.jsonl");
        List<String> lines = Files.readAllLines(nodes);
        Files.write(nodes, lines.subList(0, lines.size() - 1));
        NodeId last = NodeId.parse(first.result().nodes().getLast().id());

        Ended second = run(40, place -> answer(place, number(place), 40), List.of(Target.of(known(last))));

        assertThat(second.result().nodes()).hasSize(40);
        assertThat(second.result().edges()).isEqualTo(800);
        assertThat(second.result().meanDegree()).isEqualTo(20.0);
    }

    @Test
    void aResumedCrawlCountsFromItsBeginning() throws Exception {
        run(40, place -> answer(place, number(place), 40), List.of(place(0)));
        CrawlTally tally = CrawlTally.after(before());
        tally.now(40, 0, 0);
        assertThat(CrawlProgress.line(tally, "invented", Duration.ofSeconds(1), 0))
                .contains("visited 40 of 40 known, reached 40");
    }

    @Test
    void aCrawlIsNotContinuedAsOneOfAnotherNetwork() throws Exception {
        run(10, place -> answer(place, number(place), 10), List.of(place(0)));
        assertThatThrownBy(() -> run("another", List.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("another")
                .extracting(e -> ((Failure) e).exitCode())
                .isEqualTo(2);
        assertThat(run("invented", List.of()).exitCode()).isZero();
    }

    @Test
    void theRestOfTheWordsIsNotSwallowed() throws Exception {
        List<Reason> reasons = List.of(
                Reason.CONNECTION_REFUSED, Reason.DIAL_TIMEOUT, Reason.UNKNOWN_HOST, Reason.SILENT, Reason.BAD_FRAME);
        Ended ended = run(
                10,
                place -> number(place) < 5
                        ? answer(place, number(place), 10)
                        : Outcome.failed(new Stages(() -> 0), reasons.get(number(place) - 5), "no"),
                List.of(place(0)));
        StringWriter text = new StringWriter();
        ended.print(new PrintWriter(text), false);
        assertThat(text.toString().lines().filter(line -> line.startsWith("outcomes")))
                .containsExactly("outcomes answered (50.0%)  bad-frame (10.0%)  connection-refused (10.0%)"
                        + "  dial-timeout (10.0%)  2 others (20.0%)");
    }

    @Test
    void progressIsABarOrALine() {
        CrawlTally tally = new CrawlTally();
        for (int i = 0; i < 1_250; i++) {
            tally.visited(
                    i % 2 == 0
                            ? answer(place(i), i, 2_000)
                            : Outcome.failed(new Stages(() -> 0), Reason.DIAL_TIMEOUT, "late"),
                    1);
        }
        tally.now(2_500, 64, 0);
        Duration age = Duration.ofSeconds(102);
        assertThat(CrawlProgress.bar(tally, "osmosis-1", age))
                .isEqualTo(
                        "crawling osmosis-1  ████████████░░░░░░░░░░░░  1,250 / 2,500 known   reached 625   64 under way   1m 42s");
        assertThat(CrawlProgress.line(tally, "", age, 41))
                .isEqualTo(
                        "crawling …: visited 1,250 of 2,500 known, reached 625, under way 64, new in the last 10 s 41, 1m 42s");
        assertThat(CrawlProgress.bar(tally, "\u001b[2J" + "x".repeat(300), age))
                .doesNotContain("\u001b")
                .hasSizeLessThan(140);
    }

    @Test
    void plainProgressComesEveryTenSecondsAndNoneNever() {
        StringWriter plain = new StringWriter();
        CrawlProgress progress = new CrawlProgress(new PrintWriter(plain), CrawlProgress.Style.PLAIN, 0);
        CrawlTally tally = new CrawlTally();
        for (long second = 0; second <= 31; second++) {
            progress.look(tally, "n", second * 1_000_000_000);
        }
        progress.end();
        assertThat(plain.toString().lines()).hasSize(3);
        StringWriter none = new StringWriter();
        new CrawlProgress(new PrintWriter(none), CrawlProgress.Style.NONE, 0).look(tally, "n", Long.MAX_VALUE);
        assertThat(none.toString()).isEmpty();
    }

    @Test
    void theBarIsCutAtTheEdgeOfTheTerminalAndNeverWraps() {
        StringWriter screen = new StringWriter();
        CrawlProgress progress = new CrawlProgress(new PrintWriter(screen), CrawlProgress.Style.BAR, 0);
        progress.look(new CrawlTally(), "n", 1_000_000_000);
        progress.end();

        assertThat(screen.toString())
                .startsWith("\r\u001b[?7lcrawling n  ")
                .contains("\u001b[?7h")
                .endsWith("\r\u001b[K");
    }

    private Ended run(int size, Crawl.Visiting visiting, List<Target> starts) throws IOException, InterruptedException {
        return run(size, visiting, starts, interruption);
    }

    private Ended run(String network, List<Target> starts) throws IOException, InterruptedException {
        Crawl.Visiting visiting = place -> answer(place, number(place), 10);
        return run(10, visiting, starts, interruption, true, network);
    }

    private CrawlResult before() throws IOException {
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            return CrawlResult.read(folder);
        }
    }

    /** The address under which the invented network knows a node. */
    private static NodeAddress known(NodeId id) {
        return IntStream.range(0, 1_000)
                .mapToObj(CrawlRunTest::address)
                .filter(address -> address.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Ended run(int size, Crawl.Visiting visiting, List<Target> starts, Interruption stop)
            throws IOException, InterruptedException {
        return run(size, visiting, starts, stop, true);
    }

    private Ended run(int size, Crawl.Visiting visiting, List<Target> starts, Interruption stop, boolean neighbours)
            throws IOException, InterruptedException {
        return run(size, visiting, starts, stop, neighbours, "invented");
    }

    private Ended run(
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
    private Outcome answer(Target place, int number, int size) {
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

    private static int number(Target place) {
        return place.place().orElseThrow().port() - FIRST_PORT;
    }

    private static Target place(int number) {
        return Target.of(address(number));
    }

    private static NodeAddress address(int number) {
        return NodeAddress.of(id(number), new HostPort("127.0.0.1", FIRST_PORT + number));
    }

    private static NodeId id(int number) {
        return number == 0 ? TestNodes.key(1).id() : new NodeId(9, number, number);
    }
}
