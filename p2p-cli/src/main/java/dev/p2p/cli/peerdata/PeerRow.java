package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A peer as the commands see it: what is remembered of it, and its connection if a running node answered.
 *
 * @param record what is remembered
 * @param link its connection; empty without one, and for a store
 */
public record PeerRow(PeerRecord record, Optional<LiveLink> link) {

    /** After so long half of a reputation is gone; the peer manager counts the same way. */
    private static final double HALF_LIFE_SECONDS = 3_600;

    /** A peer of a store. */
    public static PeerRow stored(PeerRecord record) {
        return new PeerRow(record, Optional.empty());
    }

    public NodeId id() {
        return record.id();
    }

    /** Its standing at an instant: what is remembered, decayed. */
    public double score(Instant now) {
        double seconds =
                Math.max(0, Duration.between(record.reputationAt(), now).toMillis() / 1e3);
        return record.reputation() * Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
    }

    /** Its address that worked last, or failed least. */
    public Optional<AddressRecord> best() {
        return record.addresses().stream()
                .max(Comparator.comparing(
                                (AddressRecord address) -> address.lastSuccess().orElse(Instant.MIN))
                        .thenComparing(address -> -address.failures()));
    }

    /** What it is at an instant, in one word. */
    public String state(Instant now) {
        if (link.isPresent()) {
            return "connected";
        }
        if (record.ban().filter(mark -> mark.holdsAt(now)).isPresent()) {
            return "banned";
        }
        if (record.incompatible().filter(mark -> mark.holdsAt(now)).isPresent()) {
            return "incompatible";
        }
        if (record.addresses().isEmpty()) {
            return "no-address";
        }
        boolean waits = record.addresses().stream()
                .allMatch(address ->
                        address.nextAttempt().filter(now::isBefore).isPresent());
        if (waits) {
            return "cooling";
        }
        boolean verified = record.addresses().stream()
                .anyMatch(address -> address.lastSuccess().isPresent());
        return verified ? "verified" : "untried";
    }
}
