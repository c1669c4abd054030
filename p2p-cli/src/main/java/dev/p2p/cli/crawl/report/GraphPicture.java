package dev.p2p.cli.crawl.report;

import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.crawl.result.EdgeRow;
import dev.p2p.cli.crawl.result.NodeRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The best connected nodes, coloured by their software, with who told of whom. */
final class GraphPicture {

    private static final int MOST_NODES = 260;
    private static final int MOST_EDGES = 3_500;
    private static final int SIZE = 1_000;
    private static final int COLORS = 6;

    private GraphPicture() {}

    static String html(CrawlFolder folder, CrawlResult result, boolean recorded) throws IOException {
        List<NodeRow> nodes = result.nodes().stream()
                .filter(row -> row.reached() && result.degrees().containsKey(row.key()))
                .sorted(Comparator.comparing((NodeRow row) -> result.degrees().getOrDefault(row.key(), 0))
                        .reversed())
                .limit(MOST_NODES)
                .toList();
        if (nodes.isEmpty()) {
            return recorded
                    ? "<p class=\"dim\">Nobody told of anybody.</p>"
                    : "<p class=\"dim\">No edges were recorded; run the crawl with --neighbors to see who knows whom.</p>";
        }
        Map<String, Integer> numbers = new HashMap<>();
        nodes.forEach(row -> numbers.put(row.key(), numbers.size()));
        List<ForceLayout.Pair> pairs = new ArrayList<>();
        for (EdgeRow edge : CrawlResult.edgesAmong(folder, numbers.keySet(), MOST_EDGES)) {
            pairs.add(new ForceLayout.Pair(number(numbers, edge.from()), number(numbers, edge.to())));
        }
        List<String> versions =
                result.versions().keySet().stream().limit(COLORS).toList();
        String note = "<p class=\"dim\">" + Html.number(nodes.size()) + " of " + Html.number(result.reached())
                + " reached nodes, the best connected ones, and " + Html.number(pairs.size())
                + " pairs of them where one told of the other. Larger is better connected.</p>";
        return note + legend(versions, result.versions().size() > COLORS) + svg(result, nodes, pairs, versions);
    }

    private static int number(Map<String, Integer> numbers, String id) {
        return numbers.getOrDefault(id, 0);
    }

    private static String svg(
            CrawlResult result, List<NodeRow> nodes, List<ForceLayout.Pair> pairs, List<String> versions) {
        ForceLayout layout = new ForceLayout(nodes.size(), pairs, SIZE);
        StringBuilder out = new StringBuilder("<svg id=\"graph\" role=\"img\" viewBox=\"0 0 ")
                .append(SIZE)
                .append(' ')
                .append(SIZE)
                .append("\"><g class=\"edges\" style=\"stroke-opacity:")
                .append(Html.decimal(Math.clamp(160.0 / pairs.size(), 0.06, 0.5)))
                .append("\">");
        for (ForceLayout.Pair pair : pairs) {
            out.append("<line data-a=\"")
                    .append(pair.from())
                    .append("\" data-b=\"")
                    .append(pair.to())
                    .append("\" x1=\"")
                    .append(Html.px(layout.x(pair.from())))
                    .append("\" y1=\"")
                    .append(Html.px(layout.y(pair.from())))
                    .append("\" x2=\"")
                    .append(Html.px(layout.x(pair.to())))
                    .append("\" y2=\"")
                    .append(Html.px(layout.y(pair.to())))
                    .append("\"/>");
        }
        out.append("</g><g class=\"nodes\">");
        int most = result.degrees().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            NodeRow row = nodes.get(i);
            int degree = result.degrees().getOrDefault(row.key(), 0);
            int color = versions.indexOf(CrawlResult.orNone(row.version()));
            out.append("<circle data-n=\"")
                    .append(i)
                    .append("\" class=\"c")
                    .append(color < 0 ? 7 : color)
                    .append("\" cx=\"")
                    .append(Html.px(layout.x(i)))
                    .append("\" cy=\"")
                    .append(Html.px(layout.y(i)))
                    .append("\" r=\"")
                    .append(Html.px(4 + 9 * Math.sqrt((double) degree / most)))
                    .append("\"><title>")
                    .append(Html.text(String.valueOf(row.moniker()), 40))
                    .append('\n')
                    .append(Html.text(row.key()))
                    .append('\n')
                    .append(Html.text(CrawlResult.orNone(row.version()), 40))
                    .append("   ")
                    .append(Html.number(degree))
                    .append(" edges, in and out</title></circle>");
        }
        return out.append("</g></svg>").toString();
    }

    private static String legend(List<String> versions, boolean others) {
        StringBuilder out = new StringBuilder("<ul class=\"legend\">");
        for (int i = 0; i < versions.size(); i++) {
            out.append("<li><i class=\"c")
                    .append(i)
                    .append("\"></i>")
                    .append(Html.text(versions.get(i), 30))
                    .append("</li>");
        }
        return out.append(others ? "<li><i class=\"c7\"></i>other</li></ul>" : "</ul>")
                .toString();
    }
}
