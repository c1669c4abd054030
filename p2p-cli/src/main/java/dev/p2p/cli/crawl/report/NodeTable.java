package dev.p2p.cli.crawl.report;

import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.crawl.result.NodeRow;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes as rows that the page's script sorts and filters; reached ones first. */
final class NodeTable {

    private static final int MOST_ROWS = 2_000;

    private NodeTable() {}

    static String html(CrawlResult result) {
        List<NodeRow> rows = result.nodes().stream()
                .sorted(Comparator.comparing(NodeRow::reached)
                        .thenComparing(row -> result.degrees().getOrDefault(row.key(), 0))
                        .reversed())
                .limit(MOST_ROWS)
                .toList();
        StringBuilder out = new StringBuilder("<p class=\"dim\">");
        if (rows.size() < result.nodes().size()) {
            out.append(Html.number(rows.size()))
                    .append(" of ")
                    .append(Html.number(result.nodes().size()))
                    .append("; nodes.jsonl has all of them. ");
        }
        out.append(
                "Click a heading to sort.</p><input id=\"filter\" type=\"search\" placeholder=\"filter: name, address,"
                        + " version, outcome …\" aria-label=\"filter\"><div class=\"scroll\"><table id=\"nodes\"><thead><tr>"
                        + "<th>name</th><th>id</th><th>address</th><th>version</th><th>network</th><th class=\"n\">tcp ms</th>"
                        + "<th class=\"n\">told</th><th class=\"n\">edges, in and out</th><th class=\"n\">step</th><th>outcome</th>"
                        + "</tr></thead><tbody>");
        rows.forEach(row -> row(out, row, result.degrees().getOrDefault(row.key(), 0)));
        return out.append("</tbody></table></div>").toString();
    }

    private static void row(StringBuilder out, NodeRow row, int degree) {
        String id = row.id() == null ? "" : row.id();
        int at = row.address().indexOf('@');
        out.append("<tr class=\"")
                .append(row.answered() ? "good" : row.reached() ? "fair" : "bad")
                .append("\">");
        cell(out, row.moniker());
        out.append("<td><code title=\"")
                .append(Html.text(id))
                .append("\">")
                .append(Html.text(id.substring(0, Math.min(10, id.length()))))
                .append("</code></td>");
        cell(out, at < 0 ? row.address() : row.address().substring(at + 1));
        cell(out, row.version());
        cell(out, row.network());
        number(out, row.tcpMs() == null ? "" : Html.decimal(row.tcpMs()));
        number(out, row.answered() ? Html.number(row.told()) : "");
        number(out, degree == 0 ? "" : Html.number(degree));
        number(out, Html.number(row.depth()));
        out.append("<td class=\"outcome\" title=\"")
                .append(Html.text(row.detail() == null ? "" : row.detail(), 200))
                .append("\">")
                .append(Html.text(row.outcome()))
                .append("</td></tr>");
    }

    private static void cell(StringBuilder out, @Nullable String text) {
        out.append("<td>").append(text == null ? "" : Html.text(text, 40)).append("</td>");
    }

    private static void number(StringBuilder out, String text) {
        out.append("<td class=\"n\">").append(text).append("</td>");
    }
}
