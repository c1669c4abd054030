package dev.p2p.cli.peerdata;

import dev.p2p.cli.output.Sparkline;
import java.util.List;
import java.util.Locale;

/** The course of a score as a row of bars, on one scale for all peers. */
public final class Course {

    /** A peer with no fault has this score, or more. */
    private static final double FAULTLESS = 0;

    /** Below this a node bans a peer. */
    private static final double BANNED = -40;

    private Course() {}

    /** Bars from the score of a ban to that of no fault. */
    public static String bars(List<Double> scores) {
        return Sparkline.of(scores, BANNED, FAULTLESS);
    }

    /** The bars, what they mean, and between which scores they lie. */
    public static String line(List<Double> scores) {
        double least = scores.stream().min(Double::compare).orElse(0.0);
        double most = scores.stream().max(Double::compare).orElse(0.0);
        return String.format(
                Locale.ROOT,
                "%s   %.0f to %.0f, a bar a minute; the lowest is a ban, the highest no fault",
                bars(scores),
                least + 0.0,
                most + 0.0);
    }
}
