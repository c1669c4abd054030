package dev.p2p.api.store;

import java.util.List;

/**
 * The outcome of repairing a store.
 *
 * @param quarantined how many damaged entries were taken out of the way and kept as they are
 * @param restored how many entries that are kept twice agree again
 * @param lines what was done, and what cannot be repaired in place, for people; at most {@link VerifyReport#MAX_LINES}
 * @param whole whether nothing is left that is damaged
 */
public record RepairReport(long quarantined, long restored, List<String> lines, boolean whole) {

    /** Nothing was damaged. */
    public static final RepairReport NOTHING = new RepairReport(0, 0, List.of(), true);

    public RepairReport {
        lines = List.copyOf(lines);
    }
}
