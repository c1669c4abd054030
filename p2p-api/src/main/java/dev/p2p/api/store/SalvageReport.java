package dev.p2p.api.store;

import java.util.List;

/**
 * The outcome of saving what is readable of a damaged store.
 *
 * @param peers how many records were saved
 * @param bans how many of these have a ban
 * @param events how many history events were saved
 * @param lost what could not be read, for people; at most {@value VerifyReport#MAX_LINES} lines
 */
public record SalvageReport(long peers, long bans, long events, List<String> lost) {

    public SalvageReport {
        lost = List.copyOf(lost);
    }

    /** Whether everything was readable. */
    public boolean complete() {
        return lost.isEmpty();
    }
}
