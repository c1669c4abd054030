package dev.p2p.cli.output;

import java.util.List;

/** A course of numbers as a row of bars. */
public final class Sparkline {

    /** From nothing to full; {@link AsciiWriter} has a letter for each. */
    static final String BARS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /**
     * Draws one.
     *
     * @param low the number of the lowest bar; what is below it looks the same
     * @param high the number of the highest
     */
    public static String of(List<Double> values, double low, double high) {
        StringBuilder text = new StringBuilder();
        for (double value : values) {
            double part = (value - low) / (high - low) * (BARS.length() - 1);
            text.append(BARS.charAt(Math.clamp(Math.round(part), 0, BARS.length() - 1)));
        }
        return text.toString();
    }
}
