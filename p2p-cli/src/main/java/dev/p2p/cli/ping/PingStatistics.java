package dev.p2p.cli.ping;

import java.util.Locale;

/** Sums over answers, in constant memory. The deviation is that of the values themselves, as ping(8) shows it. */
final class PingStatistics {

    private long sent;
    private long answered;
    private double min = Double.POSITIVE_INFINITY;
    private double max;
    private double mean;
    private double squares;

    void add(PingAnswer answer) {
        sent++;
        answer.pong().ifPresent(nanos -> add(nanos / 1e6));
    }

    long sent() {
        return sent;
    }

    long answered() {
        return answered;
    }

    /** How much of what was sent got no answer, 0 to 100. */
    double lossPercent() {
        return sent == 0 ? 0 : 100.0 * (sent - answered) / sent;
    }

    /** Milliseconds; 0 if nothing was answered. */
    double min() {
        return answered == 0 ? 0 : min;
    }

    double average() {
        return mean;
    }

    double max() {
        return max;
    }

    double deviation() {
        return answered == 0 ? 0 : Math.sqrt(squares / answered);
    }

    /** The last line. */
    String line() {
        String counts =
                String.format(Locale.ROOT, "%d sent, %d answered, loss %s%%", sent, answered, percent(lossPercent()));
        if (answered == 0) {
            return counts;
        }
        String form = max < 10
                ? "   pong min/avg/max/sd %.2f/%.2f/%.2f/%.2f ms"
                : "   pong min/avg/max/sd %.1f/%.1f/%.1f/%.1f ms";
        return counts + String.format(Locale.ROOT, form, min, mean, max, deviation());
    }

    /** Adds a value to mean and squared distances in one pass (Welford). */
    private void add(double millis) {
        answered++;
        min = Math.min(min, millis);
        max = Math.max(max, millis);
        double distance = millis - mean;
        mean += distance / answered;
        squares += distance * (millis - mean);
    }

    private static String percent(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
