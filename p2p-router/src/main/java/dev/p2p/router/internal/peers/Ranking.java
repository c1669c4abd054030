package dev.p2p.router.internal.peers;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;

/**
 * The one order of peers, for dialing, replacing and forgetting. It depends on the record alone and not on the time, so a peer's
 * place changes only when its record does.
 */
final class Ranking {

    private static final int REPUTATION_BITS = 25;
    private static final int HOUR_BITS = 21;
    private static final int FAILURE_BITS = 6;
    private static final long MILLIS_PER_HOUR = 3_600_000;

    private Ranking() {}

    /** Whom to dial first: what is wanted, then anchors, then the better standing, then the later success. Smaller is better. */
    static long dialRank(PeerEntry entry) {
        long rank = wanted(entry) ? 0 : entry.anchor ? 1 : 2;
        rank = rank << REPUTATION_BITS | reputation(entry.record());
        return rank << HOUR_BITS | hoursAgo(lastSuccess(entry.record()));
    }

    /**
     * Whom to forget first: who is not banned, failed most often, stands lowest, was there longest ago. Smaller goes first. Bans
     * are forgotten last, since forgetting one lifts it.
     */
    static long worth(PeerRecord record) {
        long worth = record.ban().isPresent() ? 1 : 0;
        worth = worth << FAILURE_BITS | ((1 << FAILURE_BITS) - 1 - failures(record));
        worth = worth << REPUTATION_BITS | ((1L << REPUTATION_BITS) - 1 - reputation(record));
        return worth << HOUR_BITS | ((1L << HOUR_BITS) - 1 - hoursAgo(lastSeen(record)));
    }

    /** By how much one peer stands above another for taking its place: more than {@code gap} is enough. */
    static boolean standsAbove(PeerEntry better, PeerEntry worse, double gap, Instant now) {
        boolean wanted = wanted(better);
        if (wanted != wanted(worse)) {
            return wanted;
        }
        return Reputation.at(better.record(), now) - Reputation.at(worse.record(), now) >= gap;
    }

    static boolean wanted(PeerEntry entry) {
        return entry.has(PeerFlag.PERSISTENT) || entry.has(PeerFlag.UNCONDITIONAL);
    }

    private static long reputation(PeerRecord record) {
        int half = 1 << (REPUTATION_BITS - 1);
        return Math.clamp((long) Reputation.rank(record) + half, 0, 2L * half - 1);
    }

    private static int failures(PeerRecord record) {
        int failures = 0;
        for (int i = 0; i < record.addresses().size(); i++) {
            failures += Math.min(64, record.addresses().get(i).failures());
        }
        return Math.min(failures, (1 << FAILURE_BITS) - 1);
    }

    private static long lastSuccess(PeerRecord record) {
        long last = 0;
        for (int i = 0; i < record.addresses().size(); i++) {
            AddressRecord address = record.addresses().get(i);
            if (address.lastSuccess().isPresent()) {
                last = Math.max(last, address.lastSuccess().get().toEpochMilli());
            }
        }
        return last;
    }

    private static long lastSeen(PeerRecord record) {
        long last = lastSuccess(record);
        return record.lastConnected().isPresent()
                ? Math.max(last, record.lastConnected().get().toEpochMilli())
                : last;
    }

    /** Later instants give smaller numbers. */
    private static long hoursAgo(long millis) {
        long most = (1L << HOUR_BITS) - 1;
        return most - Math.clamp(millis / MILLIS_PER_HOUR, 0, most);
    }
}
