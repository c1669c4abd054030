package dev.p2p.cli.crawl.report;

import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.crawl.result.CrawlSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A crawl as one page: charts, graph and table, with style and script inside. It loads nothing, and a policy in its head keeps it
 * from doing so whatever strangers' text it shows.
 */
public final class HtmlReport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private HtmlReport() {}

    /** The page of a folder's results. */
    public static String page(CrawlFolder folder, CrawlResult result, CrawlSummary summary) throws IOException {
        String title = "Crawl of " + (summary.network().isEmpty() ? "an unknown network" : summary.network());
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title><style>%s</style></head><body>
                <header><h1>%s</h1><p>%s</p></header><main>
                %s
                <section class="wide"><h2>Reachability</h2>%s</section>
                <section><h2>Versions</h2>%s</section>
                <section><h2>Networks</h2>%s</section>
                <section><h2>Time to connect, ms</h2>%s</section>
                <section><h2>Steps from the start</h2>%s</section>
                <section class="wide"><h2>Who knows whom</h2>%s</section>
                <section class="wide"><h2>Nodes</h2>%s</section>
                </main><footer>made by p2p crawl from nodes.jsonl and edges.jsonl beside this file</footer>
                <script>%s</script></body></html>
                """.formatted(
                        Html.text(title),
                        resource("style.css"),
                        Html.text(title),
                        subtitle(summary),
                        tiles(result, summary),
                        ShareBar.html(result.outcomes()),
                        BarChart.svg(result.versions()),
                        BarChart.svg(result.networks()),
                        ColumnChart.svg(ColumnChart.timeClasses(result.roundTrips())),
                        ColumnChart.svg(result.depths()),
                        GraphPicture.html(folder, result, summary.neighbours()),
                        NodeTable.html(result),
                        resource("script.js"));
    }

    private static String subtitle(CrawlSummary summary) {
        String state = summary.complete() ? "complete" : "interrupted: resume it with --resume";
        return Html.text(TIME.format(summary.began()) + "  ·  "
                + Html.decimal(summary.took().toMillis() / 1e3) + " s  ·  " + state);
    }

    private static String tiles(CrawlResult result, CrawlSummary summary) {
        List<Double> trips = result.roundTrips();
        long visited = result.nodes().size();
        return "<div class=\"tiles\">"
                + tile("known", Html.number(summary.known()), "")
                + tile("visited", Html.number(visited), Html.percent(visited, summary.known()))
                + tile("reached", Html.number(result.reached()), Html.percent(result.reached(), visited))
                + tile("answered", Html.number(result.answered()), Html.percent(result.answered(), visited))
                + (summary.neighbours()
                        ? tile(
                                "edges",
                                Html.number(result.edges()),
                                "mean " + Html.decimal(result.meanDegree()) + " told")
                        : "")
                + tile(
                        "median connect",
                        trips.isEmpty() ? "–" : Html.decimal(CrawlSummary.percentile(trips, 50)) + " ms",
                        "")
                + "</div>";
    }

    private static String tile(String name, String figure, String note) {
        return "<div class=\"tile\"><span>" + name + "</span><b>" + figure + "</b><i>" + note + "</i></div>";
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this program lacks its own file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
