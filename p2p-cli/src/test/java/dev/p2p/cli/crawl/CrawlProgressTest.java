package dev.p2p.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Reason;
import dev.p2p.cli.dial.Stages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crawl says of itself while it runs. */
class CrawlProgressTest {

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
    void progressIsABarOrALine() {
        CrawlTally tally = new CrawlTally();
        for (int i = 0; i < 1_250; i++) {
            tally.visited(
                    i % 2 == 0
                            ? net.answer(InventedNetwork.place(i), i, 2_000)
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

    @Test
    void aResumedCrawlCountsFromItsBeginning() throws Exception {
        net.run(40, place -> net.answer(place, InventedNetwork.number(place), 40), List.of(InventedNetwork.place(0)));
        CrawlTally tally = CrawlTally.after(net.before());
        tally.now(40, 0, 0);
        assertThat(CrawlProgress.line(tally, "invented", Duration.ofSeconds(1), 0))
                .contains("visited 40 of 40 known, reached 40");
    }
}
