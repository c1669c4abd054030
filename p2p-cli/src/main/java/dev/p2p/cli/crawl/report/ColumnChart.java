package dev.p2p.cli.crawl.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Standing columns in a given order. */
final class ColumnChart {

    private static final int WIDTH = 520;
    private static final int HEIGHT = 190;
    private static final int TOP = 22;
    private static final int BOTTOM = 26;
    private static final double[] EDGES_MS = {0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000};

    private ColumnChart() {}

    static String svg(Map<String, Long> counts) {
        long most = Math.max(
                1, counts.values().stream().mapToLong(Long::longValue).max().orElse(1));
        double step = (double) WIDTH / Math.max(1, counts.size());
        double wide = Math.min(64, step * 0.72);
        int floor = HEIGHT - BOTTOM;
        StringBuilder out = new StringBuilder("<svg class=\"columns\" role=\"img\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\"><line class=\"axis\" x1=\"0\" x2=\"")
                .append(WIDTH)
                .append("\" y1=\"")
                .append(floor)
                .append("\" y2=\"")
                .append(floor)
                .append("\"/>");
        int index = 0;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            double middle = step * index + step / 2;
            double high = (double) (floor - TOP) * entry.getValue() / most;
            if (entry.getValue() > 0) {
                out.append("<rect class=\"bar c4\" rx=\"3\" x=\"")
                        .append(Html.px(middle - wide / 2))
                        .append("\" y=\"")
                        .append(Html.px(floor - high))
                        .append("\" width=\"")
                        .append(Html.px(wide))
                        .append("\" height=\"")
                        .append(Html.px(high))
                        .append("\"/>");
                out.append("<text class=\"figure mid\" x=\"")
                        .append(Html.px(middle))
                        .append("\" y=\"")
                        .append(Html.px(floor - high - 6))
                        .append("\">")
                        .append(Html.number(entry.getValue()))
                        .append("</text>");
            }
            out.append("<text class=\"label mid\" x=\"")
                    .append(Html.px(middle))
                    .append("\" y=\"")
                    .append(HEIGHT - 8)
                    .append("\">")
                    .append(Html.text(entry.getKey(), 14))
                    .append("</text>");
            index++;
        }
        return out.append("</svg>").toString();
    }

    /** Times in classes that are each about three times as wide as the one before. */
    static Map<String, Long> timeClasses(List<Double> millis) {
        Map<String, Long> classes = new LinkedHashMap<>();
        int first = EDGES_MS.length;
        int last = 0;
        long[] counts = new long[EDGES_MS.length + 1];
        for (double value : millis) {
            int index = 0;
            while (index < EDGES_MS.length && value >= EDGES_MS[index]) {
                index++;
            }
            counts[index]++;
            first = Math.min(first, index);
            last = Math.max(last, index);
        }
        for (int i = first; i <= last && !millis.isEmpty(); i++) {
            classes.put(i < EDGES_MS.length ? "< " + plain(EDGES_MS[i]) : "≥ " + plain(EDGES_MS[i - 1]), counts[i]);
        }
        return classes;
    }

    private static String plain(double millis) {
        return millis < 1 ? String.valueOf(millis) : Html.number((long) millis);
    }
}
