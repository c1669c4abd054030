package dev.p2p.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Reason;
import dev.p2p.cli.crawl.CrawlRun.Ended;
import dev.p2p.cli.dial.Stages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crawl says of itself when it has ended. */
class CrawlScreenTest {

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
    void theLastLinesSayWhatThereIsAndHowToGoOn() throws Exception {
        Ended ended = net.run(
                40, place -> net.answer(place, InventedNetwork.number(place), 40), List.of(InventedNetwork.place(0)));
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
        Ended ended = net.run(
                40,
                place -> net.answer(place, InventedNetwork.number(place), 40),
                List.of(InventedNetwork.place(0)),
                net.interruption,
                false);
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
        net.run(40, place -> net.answer(place, InventedNetwork.number(place), 40), List.of(InventedNetwork.place(0)));
        Ended ended = net.run(
                40, place -> net.answer(place, InventedNetwork.number(place), 40), List.of(), net.interruption, false);
        StringWriter text = new StringWriter();
        ended.print(new PrintWriter(text), false);
        assertThat(text.toString()).contains("edges 800   mean degree 20.0", "edges.jsonl");
        assertThat(path.resolve("summary.json")).content().contains("\"edges\": 800");
    }

    @Test
    void theRestOfTheWordsIsNotSwallowed() throws Exception {
        List<Reason> reasons = List.of(
                Reason.CONNECTION_REFUSED, Reason.DIAL_TIMEOUT, Reason.UNKNOWN_HOST, Reason.SILENT, Reason.BAD_FRAME);
        Ended ended = net.run(
                10,
                place -> InventedNetwork.number(place) < 5
                        ? net.answer(place, InventedNetwork.number(place), 10)
                        : Outcome.failed(new Stages(() -> 0), reasons.get(InventedNetwork.number(place) - 5), "no"),
                List.of(InventedNetwork.place(0)));
        StringWriter text = new StringWriter();
        ended.print(new PrintWriter(text), false);
        assertThat(text.toString().lines().filter(line -> line.startsWith("outcomes")))
                .containsExactly("outcomes answered (50.0%)  bad-frame (10.0%)  connection-refused (10.0%)"
                        + "  dial-timeout (10.0%)  2 others (20.0%)");
    }
}
