package dev.p2p.router.internal.peers;

import dev.p2p.api.store.PeerRecord;
import java.time.Duration;
import java.time.Instant;

/** A peer's measured standing: begins at 0, falls with penalties, and returns by half every hour. */
final class Reputation {

    /** Below this a peer is banned. */
    static final double BAN_BELOW = -40;

    /** How long such a ban lasts. */
    static final Duration BAN = Duration.ofHours(1);

    /** It never leaves these bounds. */
    static final double LIMIT = 1_000;

    static final Duration HALF_LIFE = Duration.ofHours(1);

    /** Smaller than any difference that counts: such a standing is neutral. */
    private static final double NEUTRAL = 1e-3;

    private static final double STEPS_PER_DOUBLING = 16;
    private static final double LN2 = Math.log(2);

    private Reputation() {}

    /** The standing at an instant. */
    static double at(PeerRecord peer, Instant now) {
        if (peer.reputation() == 0) {
            return 0;
        }
        double millis = Math.max(0, now.toEpochMilli() - peer.reputationAt().toEpochMilli());
        double decayed = clamp(peer.reputation()) * Math.pow(0.5, millis / HALF_LIFE.toMillis());
        return Math.abs(decayed) < NEUTRAL ? 0 : decayed;
    }

    static PeerRecord penalised(PeerRecord peer, int points, Instant now) {
        return peer.withReputation(clamp(at(peer, now) - points), now);
    }

    /**
     * A number whose order is the order of the standings, better ones smaller, at every instant at once: all decay alike, so
     * what is compared is the logarithm as it would be at one common instant.
     */
    static int rank(PeerRecord peer) {
        double value = clamp(peer.reputation());
        if (Math.abs(value) < NEUTRAL) {
            return 0;
        }
        double doublings =
                Math.log(Math.abs(value)) / LN2 + (double) peer.reputationAt().toEpochMilli() / HALF_LIFE.toMillis();
        int size = (int) Math.max(1, doublings * STEPS_PER_DOUBLING);
        return value < 0 ? size : -size;
    }

    private static double clamp(double value) {
        return Math.clamp(value, -LIMIT, LIMIT);
    }
}
