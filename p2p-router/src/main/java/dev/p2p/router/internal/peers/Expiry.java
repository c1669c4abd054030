package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Durability;
import dev.p2p.router.control.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Forgets addresses whose time is over, and with the last of them the peer. Whoever is connected, being dialed, banned or wanted is
 * left alone until that has ended. At the start nothing is forgotten for a while: a node that comes back after a long time has
 * nothing better than old addresses, and hears in its first minutes which of them are still good.
 */
final class Expiry {

    /** How long a node that has just started forgets nothing. */
    static final Duration GRACE = Duration.ofHours(1);

    /** How many peers are looked at with one input at the most; the others' turn comes with the next ones, at once. */
    private static final int AT_ONCE = 64;

    private final PeerBook book;
    private Instant from = Instant.MAX;

    Expiry(PeerBook book) {
        this.book = book;
    }

    void started() {
        from = book.now().plus(GRACE);
    }

    void look() {
        if (book.now().isBefore(from)) {
            return;
        }
        PeerEntry first = book.table.expired(book.now());
        for (int i = 0; i < AT_ONCE && first != null; i++) {
            forgetOld(first);
            first = book.table.expired(book.now());
        }
    }

    /** When the next address's time is over. */
    Optional<Instant> nextWake() {
        return book.table.firstExpiry().map(at -> at.isBefore(from) ? from : at);
    }

    /** The wall clock was set. */
    void shift(Duration by) {
        from = from.equals(Instant.MAX) ? from : from.plus(by);
    }

    private void forgetOld(PeerEntry entry) {
        List<AddressRecord> kept = new ArrayList<>();
        List<NodeAddress> old = new ArrayList<>();
        for (AddressRecord address : entry.record().addresses()) {
            if (address.expires().filter(at -> !at.isAfter(book.now())).isPresent()) {
                old.add(address.address());
            } else {
                kept.add(address);
            }
        }
        if (kept.isEmpty()) {
            book.table.forget(entry, "expired");
        } else {
            book.save(entry, entry.record().withAddresses(kept), Durability.ASYNC);
            old.forEach(address -> book.out.tell(
                    Optional.of(entry.id), Decision.Kind.ADDRESS_FORGOTTEN, "expired", address.toString()));
        }
    }

    /** When a peer that is not in use has to be looked at; far away if never. */
    static long due(PeerEntry entry, AddressLife life) {
        long due = Long.MAX_VALUE;
        List<AddressRecord> addresses = entry.record().addresses();
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).expires().isPresent()) {
                due = Math.min(due, addresses.get(i).expires().get().toEpochMilli());
            }
        }
        if (addresses.isEmpty()) {
            Instant seen = entry.record().lastConnected().orElse(entry.record().reputationAt());
            due = seen.toEpochMilli() + life.unproven().toMillis();
        }
        return entry.record().ban().isPresent() && due < Long.MAX_VALUE
                ? Math.max(due, entry.record().ban().get().until().toEpochMilli())
                : due;
    }
}
