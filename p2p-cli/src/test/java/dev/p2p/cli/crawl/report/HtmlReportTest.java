package dev.p2p.cli.crawl.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.crawl.result.CrawlSummary;
import dev.p2p.cli.crawl.result.EdgeRow;
import dev.p2p.cli.crawl.result.JsonLines;
import dev.p2p.cli.crawl.result.NodeRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page: whole, loading nothing, and deaf to what strangers write. */
class HtmlReportTest {

    private static final String EVIL = "<script>alert('x')</script>\"&\u202e\u0007";

    @TempDir
    private Path path;

    @Test
    void thePageLoadsNothingAndHasAllParts() throws IOException {
        String page = page();
        assertThat(page)
                .contains("Reachability", "Versions", "Networks", "Time to connect", "Steps from the start")
                .contains("id=\"graph\"", "id=\"nodes\"", "default-src 'none'")
                .contains("0.38.25", "osmosis-1", "answered")
                .doesNotContainPattern(Pattern.compile("(src|href)\\s*=|@import|url\\("))
                .doesNotContain("http://", "https://");
    }

    @Test
    void whatNodesTellOfThemselvesIsTextAndNothingElse() throws IOException {
        String page = page();
        assertThat(page)
                .doesNotContain("<script>alert", "\u202e", "\u0007")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;??");
        assertThat(Pattern.compile("<script").matcher(page).results()).hasSize(1);
    }

    @Test
    void theSameCrawlGivesTheSamePage() throws IOException {
        String first = page();
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            assertThat(HtmlReport.page(folder, CrawlResult.read(folder), summary(true)))
                    .isEqualTo(first);
        }
    }

    @Test
    void aCrawlThatMetNobodyHasAPageToo() throws IOException {
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            String page = HtmlReport.page(folder, CrawlResult.read(folder), summary(false));
            assertThat(page)
                    .contains("Nobody told of anybody", "resume it with --resume")
                    .doesNotContain("NaN");
        }
    }

    @Test
    void edgesOfANodeAreThoseOfBothWaysAndCalledSo() throws IOException {
        assertThat(page())
                .contains("<span>edges</span><b>2</b><i>mean 1.00 told</i>")
                .contains(">edges, in and out</th>", "2 edges, in and out</title>", "1 edges, in and out</title>")
                .contains("1 pairs of them where one told of the other");
    }

    @Test
    void aNodeWithoutAVersionHasItsColourInTheLegend() throws IOException {
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            try (JsonLines<NodeRow> nodes = JsonLines.append(folder.nodes());
                    JsonLines<EdgeRow> edges = JsonLines.append(folder.edges())) {
                nodes.add(row("a".repeat(40), "answered", "nameless", ""));
                nodes.add(row("b".repeat(40), "answered", "nameless-2", ""));
                edges.add(new EdgeRow("a".repeat(40), "b".repeat(40)));
            }
            assertThat(HtmlReport.page(folder, CrawlResult.read(folder), summary(true)))
                    .contains("<i class=\"c0\"></i>(none)")
                    .contains("class=\"c0\" cx=")
                    .doesNotContain("class=\"c7\" cx=");
        }
    }

    @Test
    void aPercentileIsTheSmallestThatSoManyDoNotExceed() {
        List<Double> hundred = java.util.stream.IntStream.rangeClosed(1, 100)
                .mapToObj(i -> (double) i)
                .toList();
        assertThat(CrawlSummary.percentile(hundred, 50)).isEqualTo(50);
        assertThat(CrawlSummary.percentile(hundred, 90)).isEqualTo(90);
        assertThat(CrawlSummary.percentile(hundred, 99)).isEqualTo(99);
        assertThat(CrawlSummary.percentile(List.of(1.0, 2.0), 50)).isEqualTo(1);
        assertThat(CrawlSummary.percentile(List.of(7.0), 99)).isEqualTo(7);
    }

    @Test
    void manyWordsAreFoldedIntoOther() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            counts.put("v" + i, 30L - i);
        }
        Map<String, Long> folded = BarChart.folded(counts);
        assertThat(folded).hasSize(10).containsKey("other");
        assertThat(folded.values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(counts.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void timesFallIntoClassesWithoutGaps() {
        assertThat(ColumnChart.timeClasses(List.of(0.2, 0.9, 12.0)))
                .containsExactly(
                        Map.entry("< 0.3", 1L),
                        Map.entry("< 1", 1L),
                        Map.entry("< 3", 0L),
                        Map.entry("< 10", 0L),
                        Map.entry("< 30", 1L));
        assertThat(ColumnChart.timeClasses(List.of())).isEmpty();
    }

    @Test
    void theLayoutStaysInsideItsSquareAndKeepsNodesApart() {
        List<ForceLayout.Pair> ring = new java.util.ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ring.add(new ForceLayout.Pair(i, (i + 1) % 40));
        }
        ForceLayout layout = new ForceLayout(40, ring, 1_000);
        for (int a = 0; a < 40; a++) {
            assertThat(layout.x(a)).isBetween(0.0, 1_000.0);
            assertThat(layout.y(a)).isBetween(0.0, 1_000.0);
            for (int b = 0; b < a; b++) {
                assertThat(Math.hypot(layout.x(a) - layout.x(b), layout.y(a) - layout.y(b)))
                        .as("distance of %d and %d", a, b)
                        .isGreaterThan(10);
            }
        }
    }

    private String page() throws IOException {
        try (CrawlFolder folder = CrawlFolder.open(path)) {
            try (JsonLines<NodeRow> nodes = JsonLines.append(folder.nodes());
                    JsonLines<EdgeRow> edges = JsonLines.append(folder.edges())) {
                nodes.add(row("a".repeat(40), "answered", EVIL));
                nodes.add(row("b".repeat(40), "answered", "validator-2"));
                nodes.add(row("c".repeat(40), "dial-timeout", null));
                edges.add(new EdgeRow("a".repeat(40), "b".repeat(40)));
                edges.add(new EdgeRow("b".repeat(40), "c".repeat(40)));
            }
            return HtmlReport.page(folder, CrawlResult.read(folder), summary(true));
        }
    }

    private static CrawlSummary summary(boolean complete) {
        return new CrawlSummary(
                "osmosis-1",
                Instant.parse("2026-08-30T20:17:40Z"),
                Duration.ofSeconds(151),
                complete,
                3,
                0,
                0,
                1,
                true);
    }

    private static NodeRow row(String id, String outcome, @org.jspecify.annotations.Nullable String moniker) {
        return row(id, outcome, moniker, "0.38.25");
    }

    private static NodeRow row(
            String id, String outcome, @org.jspecify.annotations.Nullable String moniker, String version) {
        boolean reached = moniker != null;
        return new NodeRow(
                id,
                id + "@198.51.100.1:26656",
                outcome,
                reached,
                moniker,
                reached ? version : null,
                reached ? "osmosis-1" : null,
                8L,
                11L,
                0L,
                List.of("00"),
                "tcp://0.0.0.0:26656",
                "",
                "on",
                reached ? 12.5 : null,
                reached ? 30.0 : null,
                reached ? 11.0 : null,
                2,
                0,
                1,
                null,
                "2026-08-30T20:17:41Z",
                reached ? null : "no connection in time",
                null,
                null,
                null);
    }
}
