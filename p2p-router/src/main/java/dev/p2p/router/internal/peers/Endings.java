package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows from the end of a connection. */
final class Endings {

    /** A persistent peer whose good connection broke is dialed again after at most this. */
    private static final int REDIAL_JITTER_MILLIS = 500;

    /** A peer that was let go is not dialed again before this; a CometBFT seed visits nobody more often either. */
    private static final Duration RELEASED_FOR = Duration.ofMinutes(2);

    private final PeerBook book;

    Endings(PeerBook book) {
        this.book = book;
    }

    void closed(PeerRef ref, Reason reason) {
        Optional<Live> gone = book.connections.closed(ref);
        if (gone.isEmpty()) {
            return;
        }
        Live live = gone.get();
        PeerEntry entry = live.entry;
        Duration lasted = Duration.between(live.since, book.now());
        boolean stable = lasted.compareTo(book.policy.pace().stableAfter()) >= 0;
        PeerRecord peer = entry.record().withLastConnected(book.now());
        book.save(entry, Addresses.changed(peer, record -> lived(after(record, live, stable), live)));
        book.out.decide(
                entry.id,
                Decision.Kind.DISCONNECTED,
                reason.toString(),
                "after " + lasted.toSeconds() + " s",
                HistoryEvent.Kind.DISCONNECTED);
    }

    /**
     * A dialed connection that lasted lets the back-off begin anew; one that broke at once counts as a failure. What came in says
     * nothing about the addresses, but the peer rests all the same. Whoever had to make room rests for the time between two
     * upgrades. Whoever came to ask and was let go need not rest: a seed tells others of him only after it has been at his place.
     */
    private AddressRecord after(AddressRecord record, Live live, boolean stable) {
        if (live.released && live.direction == Direction.INBOUND) {
            return record;
        }
        if (live.released) {
            return Addresses.notBefore(record, record.failures(), book.now().plus(RELEASED_FOR));
        }
        Instant rest = rest(live, stable);
        if (live.direction == Direction.INBOUND) {
            return Addresses.notBefore(record, record.failures(), rest);
        }
        if (!record.address().equals(live.address)) {
            return live.evicted ? Addresses.notBefore(record, record.failures(), rest) : record;
        }
        if (stable || live.evicted) {
            return Addresses.next(record, 0, rest);
        }
        return record.failed(book.backOff(live.entry).next(record.failures() + 1, book.now(), book.random));
    }

    /** Up to now the address was good: where it was dialed, or where the peer says that it listens. */
    private AddressRecord lived(AddressRecord record, Live live) {
        boolean there =
                record.address().equals(live.address) || record.address().equals(live.listens);
        return there ? book.policy.rules().life().renewed(record, book.now()) : record;
    }

    private Instant rest(Live live, boolean stable) {
        if (live.evicted) {
            return book.now().plus(book.policy.pace().upgradeEvery());
        }
        return stable && live.entry.has(PeerFlag.PERSISTENT)
                ? book.now().plusMillis(book.random.nextInt(REDIAL_JITTER_MILLIS))
                : book.policy.pace().retry().next(1, book.now(), book.random);
    }
}
