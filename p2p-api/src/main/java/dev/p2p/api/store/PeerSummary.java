package dev.p2p.api.store;

import dev.p2p.api.NodeId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What of a record decides whether and when its peer is dialed. Times are milliseconds since 1970; {@link #NEVER} is one
 * that is not there and lies before all others.
 *
 * @param id the peer
 * @param addresses how many it has
 * @param nextAttempt the earliest instant at which one of its addresses may be dialed; {@link #NEVER} if one always may
 * @param lastSuccess when a connection was last made to one of its addresses
 * @param failures failed dials in a row, of the address that failed least
 * @param reputation its standing at {@code reputationAt}
 * @param reputationAt when that was true
 * @param bannedUntil refused until then
 * @param incompatibleUntil not dialed until then
 * @param flags what an operator asked for
 */
public record PeerSummary(
        NodeId id,
        int addresses,
        long nextAttempt,
        long lastSuccess,
        int failures,
        double reputation,
        long reputationAt,
        long bannedUntil,
        long incompatibleUntil,
        Set<PeerFlag> flags) {

    /** Before all instants. */
    public static final long NEVER = Long.MIN_VALUE;

    /** The summary of a record. */
    public static PeerSummary of(PeerRecord peer) {
        return new PeerSummary(
                peer.id(),
                peer.addresses().size(),
                peer.addresses().stream()
                        .mapToLong(address -> millis(address.nextAttempt()))
                        .min()
                        .orElse(NEVER),
                peer.addresses().stream()
                        .mapToLong(address -> millis(address.lastSuccess()))
                        .max()
                        .orElse(NEVER),
                peer.addresses().stream()
                        .mapToInt(AddressRecord::failures)
                        .min()
                        .orElse(0),
                peer.reputation(),
                peer.reputationAt().toEpochMilli(),
                millis(peer.ban().map(Mark::until)),
                millis(peer.incompatible().map(Mark::until)),
                peer.flags());
    }

    /** From when on the peer may be dialed, if it has an address at all. */
    public long due() {
        return Math.max(nextAttempt, Math.max(bannedUntil, incompatibleUntil));
    }

    private static long millis(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli).orElse(NEVER);
    }
}
