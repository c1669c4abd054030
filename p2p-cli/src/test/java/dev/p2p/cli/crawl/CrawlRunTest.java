package dev.p2p.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.NodeId;
import dev.p2p.api.Reason;
import dev.p2p.cli.crawl.CrawlRun.Ended;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.output.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on an invented network. */
class CrawlRunTest {

    @TempDir
    private Path path;

    private InventedNetwork net;

    @BeforeEach
    void invent() {
        net = new InventedNetwork(path);
    }

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void aThousandNodesAreEachVisitedOnce() throws Exception {
        Ended ended = net.run(
                1_000,
                place -> net.answer(place, InventedNetwork.number(place), 1_000),
                List.of(InventedNetwork.place(0)));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.summary().known()).isEqualTo(1_000);
        assertThat(ended.result().nodes())
                .hasSize(1_000)
                .allMatch(row -> row.outcome().equals("answered"));
        assertThat(net.visits)
                .hasSize(1_000)
                .allSatisfy((id, count) -> assertThat(count).isOne());
        assertThat(ended.result().meanDegree()).isEqualTo(20.0);
    }

    @Test
    void anInterruptKeepsTheResultsAndTheNextRunGoesOn() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        Ended first = net.run(
                200,
                place -> {
                    if (begun.incrementAndGet() > 50) {
                        net.interruption.ask();
                        never.await();
                    }
                    return net.answer(place, InventedNetwork.number(place), 200);
                },
                List.of(InventedNetwork.place(0)));
        assertThat(first.exitCode()).isEqualTo(130);
        int kept = first.result().nodes().size();
        assertThat(kept).isBetween(1, 50);
        assertThat(path.resolve("frontier.jsonl")).isNotEmptyFile();
        net.visits.clear();
        try (Interruption quiet = Interruption.listen()) {
            Ended second =
                    net.run(200, place -> net.answer(place, InventedNetwork.number(place), 200), List.of(), quiet);
            assertThat(second.exitCode()).isZero();
            assertThat(second.result().nodes()).hasSize(200);
            assertThat(net.visits).hasSize(200 - kept);
        }
    }

    @Test
    void resumeGoesOnWithStartsThatNoVisitFollowed() throws Exception {
        List<Target> starts = IntStream.range(0, 100)
                .mapToObj(i -> Target.parse("127.0.0.1:" + (InventedNetwork.FIRST_PORT + i)))
                .toList();
        Ended first = net.run(
                200,
                place -> {
                    net.interruption.ask();
                    return Outcome.failed(new Stages(() -> 0), Reason.CONNECTION_REFUSED, "nobody is there");
                },
                starts);
        int kept = first.result().nodes().size();
        assertThat(kept).isBetween(1, 50);

        try (Interruption quiet = Interruption.listen()) {
            Ended second = net.run(
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
        Ended first = net.run(
                10, place -> net.answer(place, InventedNetwork.number(place), 10), List.of(InventedNetwork.place(0)));
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

        Ended second = net.run(10, place -> net.answer(place, InventedNetwork.number(place), 10), List.of());

        assertThat(second.result().nodes()).isEqualTo(first.result().nodes());
        assertThat(second.result().edges()).isEqualTo(first.result().edges());
    }

    @Test
    void aVisitThatFailsOnThisSideIsOneResultAmongOthers() throws Exception {
        Ended ended = net.run(
                10,
                place -> {
                    if (InventedNetwork.number(place) == 3) {
                        throw new IllegalStateException("a mistake");
                    }
                    return net.answer(place, InventedNetwork.number(place), 10);
                },
                List.of(InventedNetwork.place(0)));
        assertThat(ended.result().outcomes()).containsEntry("answered", 9L).containsEntry("internal-error", 1L);
    }

    @Test
    void edgesThatACrashLeftBehindAreNotWrittenAgain() throws Exception {
        Ended first = net.run(
                40, place -> net.answer(place, InventedNetwork.number(place), 40), List.of(InventedNetwork.place(0)));
        Path nodes = path.resolve("nodes.jsonl");
        List<String> lines = Files.readAllLines(nodes);
        Files.write(nodes, lines.subList(0, lines.size() - 1));
        NodeId last = NodeId.parse(first.result().nodes().getLast().id());

        Ended second = net.run(
                40,
                place -> net.answer(place, InventedNetwork.number(place), 40),
                List.of(Target.of(InventedNetwork.known(last))));

        assertThat(second.result().nodes()).hasSize(40);
        assertThat(second.result().edges()).isEqualTo(800);
        assertThat(second.result().meanDegree()).isEqualTo(20.0);
    }

    @Test
    void aCrawlIsNotContinuedAsOneOfAnotherNetwork() throws Exception {
        net.run(10, place -> net.answer(place, InventedNetwork.number(place), 10), List.of(InventedNetwork.place(0)));
        assertThatThrownBy(() -> net.run("another", List.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("another")
                .extracting(e -> ((Failure) e).exitCode())
                .isEqualTo(2);
        assertThat(net.run("invented", List.of()).exitCode()).isZero();
    }
}
