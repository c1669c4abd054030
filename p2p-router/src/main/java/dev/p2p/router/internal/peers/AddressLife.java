package dev.p2p.router.internal.peers;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long an address is kept without a sign that it is still good. Each connection there is such a sign, and so is each time that
 * somebody tells of it. What the configuration or an operator said is kept for good.
 *
 * @param unproven for an address at which no connection was ever made
 * @param proven for one at which there was one
 */
public record AddressLife(Duration unproven, Duration proven) {

    /** A week of hearsay; a month for what once worked, which a long holiday of its owner fits into. */
    static final AddressLife STANDARD = new AddressLife(Duration.ofDays(7), Duration.ofDays(30));

    /** A life is prolonged when this part of it is over, or each word on an address would be a write. */
    private static final int PARTS = 8;

    public AddressLife {
        if (unproven.toMillis() < PARTS || proven.compareTo(unproven) < 0) {
            throw new IllegalArgumentException("addresses are kept for " + unproven + ", and for " + proven
                    + " if they once worked, which has to be at least as long");
        }
    }

    /** When an address that somebody has just told of is forgotten; empty for one that is kept for good. */
    Optional<Instant> ofHeard(Source source, Instant now) {
        return isHearsay(source) ? Optional.of(now.plusMillis(unproven.toMillis())) : Optional.empty();
    }

    /** After a sign that an address is good; the same record if there was one not long ago. */
    AddressRecord renewed(AddressRecord address, Instant now) {
        if (!isHearsay(address.source())) {
            return address.expires().isEmpty() ? address : with(address, Optional.empty());
        }
        long life = (address.lastSuccess().isPresent() ? proven : unproven).toMillis();
        boolean lately = address.expires()
                .filter(at -> now.plusMillis(life - life / PARTS).isBefore(at))
                .isPresent();
        return lately ? address : with(address, Optional.of(now.plusMillis(life)));
    }

    /** What an earlier run wrote: nothing is kept for longer than from now on, and nothing that was told is kept for good. */
    Optional<Instant> sane(AddressRecord address, Instant now) {
        if (!isHearsay(address.source())) {
            return Optional.empty();
        }
        Instant latest = now.plusMillis((address.lastSuccess().isPresent() ? proven : unproven).toMillis());
        return Optional.of(address.expires().filter(latest::isAfter).orElse(latest));
    }

    static boolean isHearsay(Source source) {
        return source instanceof Source.Exchange || source instanceof Source.SelfReported;
    }

    private static AddressRecord with(AddressRecord old, Optional<Instant> expires) {
        return new AddressRecord(
                old.address(),
                old.source(),
                old.firstSeen(),
                old.lastSuccess(),
                old.failures(),
                old.nextAttempt(),
                expires);
    }
}
