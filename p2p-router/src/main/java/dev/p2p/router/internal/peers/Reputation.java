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

    private static final double HALF_LIFE_SECONDS = 3_600;

    private Reputation() {}

    /** The standing at an instant. */
    static double at(PeerRecord peer, Instant now) {
        double seconds = Math.max(0, Duration.between(peer.reputationAt(), now).toMillis() / 1e3);
        return peer.reputation() * Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
    }

    static PeerRecord penalised(PeerRecord peer, int points, Instant now) {
        return peer.withReputation(at(peer, now) - points, now);
    }
}
