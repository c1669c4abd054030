package dev.p2p.api.store;

import java.util.List;

/**
 * The outcome of reading a whole store.
 *
 * @param peers how many records are sound
 * @param events how many history events are sound
 * @param damaged what is not, for people; at most {@value #MAX_LINES} lines
 */
public record VerifyReport(long peers, long events, List<String> damaged) {

    /** The most lines of a report. */
    public static final int MAX_LINES = 1_000;

    /** How much is read. */
    public enum Depth {
        /** Every record and event, as a program would read them. */
        RECORDS,
        /** Every byte on disk, and whether what is kept twice agrees. */
        DEEP
    }

    public VerifyReport {
        damaged = List.copyOf(damaged);
    }

    /** Whether nothing is damaged. */
    public boolean sound() {
        return damaged.isEmpty();
    }
}
