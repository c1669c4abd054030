package dev.p2p.cli.crawl.report;

import java.util.List;

/**
 * Places for the nodes of a graph, after Fruchterman and Reingold: nodes repel each other, edges pull, and the steps become smaller.
 * Begins on a spiral instead of by chance, so the same graph always looks the same. Costs iterations × nodes².
 */
final class ForceLayout {

    private static final int ITERATIONS = 160;
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
    private static final double GRAVITY = 0.9;

    private final double[] x;
    private final double[] y;
    private final double size;

    /** An edge by the numbers of its nodes. */
    record Pair(int from, int to) {}

    /** @param size of the square, in the unit of the results */
    ForceLayout(int nodes, List<Pair> edges, double size) {
        this.x = new double[nodes];
        this.y = new double[nodes];
        this.size = size;
        for (int i = 0; i < nodes; i++) {
            double radius = size * 0.42 * Math.sqrt((i + 0.5) / nodes);
            x[i] = size / 2 + radius * Math.cos(i * GOLDEN_ANGLE);
            y[i] = size / 2 + radius * Math.sin(i * GOLDEN_ANGLE);
        }
        double distance = size * 0.62 / Math.sqrt(Math.max(1, nodes));
        double pull = Math.max(1, 2.0 * edges.size() / Math.max(1, nodes));
        for (int i = 0; i < ITERATIONS; i++) {
            double step = size * 0.08 * (1 - (double) i / ITERATIONS) + 0.2;
            iterate(edges, distance, pull, step);
        }
        fit();
    }

    double x(int node) {
        return x[node];
    }

    double y(int node) {
        return y[node];
    }

    private void iterate(List<Pair> edges, double distance, double meanDegree, double step) {
        int nodes = x.length;
        double[] dx = new double[nodes];
        double[] dy = new double[nodes];
        for (int a = 0; a < nodes; a++) {
            for (int b = a + 1; b < nodes; b++) {
                double ax = x[a] - x[b];
                double ay = y[a] - y[b];
                double force = distance * distance / Math.max(0.01, ax * ax + ay * ay);
                dx[a] += ax * force;
                dy[a] += ay * force;
                dx[b] -= ax * force;
                dy[b] -= ay * force;
            }
            double toMiddle = GRAVITY * Math.hypot(x[a] - size / 2, y[a] - size / 2) / size;
            dx[a] -= (x[a] - size / 2) * toMiddle;
            dy[a] -= (y[a] - size / 2) * toMiddle;
        }
        for (Pair edge : edges) {
            double ax = x[edge.from()] - x[edge.to()];
            double ay = y[edge.from()] - y[edge.to()];
            double force = Math.hypot(ax, ay) / distance / meanDegree;
            dx[edge.from()] -= ax * force;
            dy[edge.from()] -= ay * force;
            dx[edge.to()] += ax * force;
            dy[edge.to()] += ay * force;
        }
        for (int i = 0; i < nodes; i++) {
            double length = Math.max(1e-9, Math.hypot(dx[i], dy[i]));
            double moved = Math.min(step, length);
            x[i] += dx[i] / length * moved;
            y[i] += dy[i] / length * moved;
        }
    }

    /** Fills the square, with a margin. */
    private void fit() {
        fit(x);
        fit(y);
    }

    private void fit(double[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        double margin = size * 0.04;
        double scale = max > min ? (size - 2 * margin) / (max - min) : 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = scale == 0 ? size / 2 : margin + (values[i] - min) * scale;
        }
    }
}
