package dev.p2p.cli.crawl.report;

import java.util.List;
import java.util.Map;

/** One bar cut into shares, with a legend below. */
final class ShareBar {

    private static final int WIDTH = 1_080;
    private static final List<String> RARE = List.of("c0", "c4", "c2");

    private ShareBar() {}

    static String html(Map<String, Long> counts) {
        long all =
                Math.max(1, counts.values().stream().mapToLong(Long::longValue).sum());
        StringBuilder bar = new StringBuilder("<svg class=\"share\" role=\"img\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(" 34\" preserveAspectRatio=\"none\">");
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">");
        double at = 0;
        int color = 0;
        for (Map.Entry<String, Long> entry : BarChart.folded(counts).entrySet()) {
            double wide = (double) WIDTH * entry.getValue() / all;
            String style = style(entry.getKey(), color);
            String words = Html.text(entry.getKey()) + " " + Html.number(entry.getValue()) + " ("
                    + Html.percent(entry.getValue(), all) + ")";
            bar.append("<rect class=\"")
                    .append(style)
                    .append("\" x=\"")
                    .append(Html.px(at))
                    .append("\" width=\"")
                    .append(Html.px(Math.max(0.5, wide - 1.5)))
                    .append("\" height=\"34\"><title>")
                    .append(words)
                    .append("</title></rect>");
            legend.append("<li><i class=\"")
                    .append(style)
                    .append("\"></i>")
                    .append(Html.text(entry.getKey()))
                    .append(" <b>")
                    .append(Html.number(entry.getValue()))
                    .append("</b> <span class=\"dim\">")
                    .append(Html.percent(entry.getValue(), all))
                    .append("</span></li>");
            at += wide;
            color++;
        }
        return bar.append("</svg>").append(legend).append("</ul>").toString();
    }

    /** What is good is green wherever it stands, what is merely absent is grey; the rarer ends take turns. */
    private static String style(String outcome, int turn) {
        return switch (outcome) {
            case "answered" -> "good";
            case "no-peer-exchange" -> "fair";
            case "connection-refused" -> "grey";
            case "dial-timeout" -> "grey2";
            case "silent", "handshake-timeout" -> "c1";
            case "closed-by-peer" -> "c6";
            case "wrong-network" -> "c5";
            case "wrong-id" -> "c3";
            default -> RARE.get(turn % RARE.size());
        };
    }
}
