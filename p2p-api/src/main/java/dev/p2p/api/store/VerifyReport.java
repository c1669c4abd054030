package dev.p2p.api.store;

import java.util.List;

/**
 * The outcome of reading a whole store.
 *
 * @param peers how many records are sound
 * @param events how many history events are sound
 * @param damaged what is not, for people; at most 1 000 lines
 */
public record VerifyReport(long peers, long events, List<String> damaged) {

    public VerifyReport {
        damaged = List.copyOf(damaged);
    }

    /** Whether nothing is damaged. */
    public boolean sound() {
        return damaged.isEmpty();
    }
}
