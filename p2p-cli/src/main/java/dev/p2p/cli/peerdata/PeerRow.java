package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * A peer as the commands see it: what is remembered of it, and where it stands if a running node answered.
 *
 * @param record what is remembered
 * @param flags what is wanted of it
 * @param live where it stands; empty for a store
 */
public record PeerRow(PeerRecord record, Set<PeerFlag> flags, Optional<LiveState> live) {

    /** After so long half of a reputation is gone; the peer manager counts the same way. */
    private static final double HALF_LIFE_SECONDS = 3_600;

    public PeerRow {
        flags = Set.copyOf(flags);
    }

    /** A peer of a store. */
    public static PeerRow stored(PeerRecord record) {
        return new PeerRow(record, record.flags(), Optional.empty());
    }

    public NodeId id() {
        return record.id();
    }

    /** Its connection. */
    public Optional<LiveLink> link() {
        return live.flatMap(LiveState::link);
    }

    /** Its standing at an instant: what the node says, or what is remembered, decayed. */
    public double score(Instant now) {
        if (live.isPresent()) {
            return live.get().score();
        }
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

    /** When it is due to be dialed. */
    public Optional<Instant> nextAttempt() {
        return live.isPresent() ? live.get().nextAttempt() : best().flatMap(AddressRecord::nextAttempt);
    }

    /** What it is at an instant, in one word. */
    public String state(Instant now) {
        return live.isPresent() ? live.get().state() : storedState(now);
    }

    private String storedState(Instant now) {
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
                .allMatch(address -> address.nextAttempt().filter(now::isBefore).isPresent());
        if (waits) {
            return "backing-off";
        }
        boolean verified = record.addresses().stream()
                .anyMatch(address -> address.lastSuccess().isPresent());
        boolean failed = record.addresses().stream().anyMatch(address -> address.failures() > 0);
        return verified ? "verified" : failed ? "unreached" : "untried";
    }
}
