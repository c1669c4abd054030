package dev.p2p.cli.crawl.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lying bars, one for each word, with number and share. */
final class BarChart {

    private static final int MOST_BARS = 10;
    private static final int ROW = 30;
    private static final int WIDTH = 520;
    private static final int LABEL = 170;
    private static final int FIGURES = 110;

    /** So many of the widest usual letters fit before the bars. */
    private static final int MOST_LABEL = 19;

    private BarChart() {}

    static String svg(Map<String, Long> counts) {
        Map<String, Long> shown = folded(counts);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long most = shown.values().stream().mapToLong(Long::longValue).max().orElse(1);
        StringBuilder out = new StringBuilder();
        out.append("<svg class=\"bars\" role=\"img\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(Math.max(1, shown.size()) * ROW)
                .append("\">");
        int row = 0;
        for (Map.Entry<String, Long> entry : shown.entrySet()) {
            double width = Math.max(2, (double) (WIDTH - LABEL - FIGURES) * entry.getValue() / most);
            int middle = row * ROW + ROW / 2;
            out.append("<text class=\"label\" x=\"")
                    .append(LABEL - 10)
                    .append("\" y=\"")
                    .append(middle + 4)
                    .append("\">")
                    .append(Html.text(entry.getKey(), MOST_LABEL))
                    .append("<title>")
                    .append(Html.text(entry.getKey()))
                    .append("</title></text>");
            out.append("<rect class=\"bar c")
                    .append(entry.getKey().equals("other") ? 7 : 0)
                    .append("\" x=\"")
                    .append(LABEL)
                    .append("\" y=\"")
                    .append(middle - 8)
                    .append("\" height=\"16\" rx=\"3\" width=\"")
                    .append(Html.px(width))
                    .append("\"/>");
            out.append("<text class=\"figure\" x=\"")
                    .append(Html.px(LABEL + width + 8))
                    .append("\" y=\"")
                    .append(middle + 4)
                    .append("\">")
                    .append(Html.number(entry.getValue()))
                    .append(" <tspan class=\"dim\">")
                    .append(Html.percent(entry.getValue(), all))
                    .append("</tspan></text>");
            row++;
        }
        return out.append("</svg>").toString();
    }

    /** The most frequent ones, and the others together. */
    static Map<String, Long> folded(Map<String, Long> counts) {
        if (counts.size() <= MOST_BARS) {
            return counts;
        }
        Map<String, Long> shown = new LinkedHashMap<>();
        long others = 0;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            if (shown.size() < MOST_BARS - 1) {
                shown.put(entry.getKey(), entry.getValue());
            } else {
                others += entry.getValue();
            }
        }
        shown.put("other", others);
        return shown;
    }
}
