package dev.p2p.api.store;

import dev.p2p.api.NodeAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of one address of a peer. Instants have millisecond precision.
 *
 * @param address the address
 * @param source who told of it
 * @param firstSeen when it was first heard of
 * @param lastSuccess when a connection was last made there; an address with one is verified
 * @param failures failed dials in a row since then, at least 0
 * @param nextAttempt not dialed before then
 * @param expires forgotten then unless it is heard of again
 */
public record AddressRecord(
        NodeAddress address,
        Source source,
        Instant firstSeen,
        Optional<Instant> lastSuccess,
        int failures,
        Optional<Instant> nextAttempt,
        Optional<Instant> expires) {

    public AddressRecord {
        if (failures < 0) {
            throw new IllegalArgumentException("failures are counted from 0, not " + failures);
        }
    }

    /** An address that was just heard of. */
    public static AddressRecord heard(NodeAddress address, Source source, Instant now) {
        return new AddressRecord(address, source, now, Optional.empty(), 0, Optional.empty(), Optional.empty());
    }

    /**
     * Entries of which no two are for one address: of those that are, the one that worked last stays, else the first. What was written when
     * an IPv6 address could still have several spellings may hold such entries.
     */
    public static List<AddressRecord> withoutRepeats(List<AddressRecord> entries) {
        Map<NodeAddress, AddressRecord> kept = new LinkedHashMap<>();
        entries.forEach(entry -> kept.merge(entry.address, entry, AddressRecord::better));
        return List.copyOf(kept.values());
    }

    /** After a connection was made there. */
    public AddressRecord succeeded(Instant now) {
        return new AddressRecord(address, source, firstSeen, Optional.of(now), 0, Optional.empty(), expires);
    }

    /** After a dial failed there. */
    public AddressRecord failed(Instant next) {
        return new AddressRecord(address, source, firstSeen, lastSuccess, failures + 1, Optional.of(next), expires);
    }

    private static AddressRecord better(AddressRecord first, AddressRecord second) {
        Instant never = Instant.MIN;
        return second.lastSuccess.orElse(never).isAfter(first.lastSuccess.orElse(never)) ? second : first;
    }
}
