package dev.p2p.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers as people read them. */
public final class Units {

    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Units() {}

    /** Bytes in binary units with at most one decimal: {@code 1.4 MiB}. */
    public static String bytes(double bytes) {
        int unit = 0;
        double value = bytes;
        while (Math.rint(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String digits = unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, digits, value, BYTE_UNITS[unit]);
    }

    /** Milliseconds with one decimal, or two below ten: {@code 0.31 ms}. */
    public static String millis(long nanos) {
        double millis = nanos / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.1f ms", millis);
    }

    /** How long ago, in the two largest units: {@code 3h 12m}. */
    public static String ago(Instant then, Instant now) {
        return duration(Duration.between(then, now)) + " ago";
    }

    /** A duration in its two largest units. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
        }
        return seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
    }
}
