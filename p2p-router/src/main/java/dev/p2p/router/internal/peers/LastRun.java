package dev.p2p.router.internal.peers;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run takes over from the one before: whom it remembered and banned, whom it had, and what is configured now. */
final class LastRun {

    /** The best peers of the last run are dialed before all others. */
    private static final int ANCHORS = 8;

    private static final Duration ANCHORED_WITHIN = Duration.ofMinutes(5);

    private final PeerBook book;

    LastRun(PeerBook book) {
        this.book = book;
    }

    /** Takes in what was stored. Whoever is wanted has room, others as long as there is some. */
    void restore(List<PeerRecord> peers, Map<IpBlock, Mark> blocks) {
        blocks.forEach((block, mark) -> book.blocks.add(block, mark, book.now()));
        for (PeerRecord peer : peers) {
            boolean room = book.table.size() < book.policy.rules().maxPeers()
                    || !peer.flags().isEmpty()
                    || !book.policy.flagsOf(peer.id()).isEmpty();
            if (room && !peer.id().equals(book.policy.self()) && book.find(peer.id()) == null) {
                remember(Remembered.sane(peer, book.policy, book.now()));
            }
        }
    }

    /** Adds the peers that the configuration names. */
    void configured() {
        for (NodeAddress address : book.policy.persistent()) {
            if (!address.id().equals(book.policy.self())) {
                PeerEntry entry = book.findOrAdd(address.id());
                PeerRecord with = Addresses.wanted(entry.record(), address, new Source.Configured(), book.now());
                book.save(entry, with, Durability.SYNC);
            }
        }
    }

    /** Chooses those who were connected when the last run ended. */
    void anchors() {
        Optional<Instant> end = book.table.all().stream()
                .flatMap(entry -> entry.record().lastConnected().stream())
                .max(Comparator.naturalOrder());
        if (end.isEmpty()) {
            return;
        }
        Instant since = end.get().minus(ANCHORED_WITHIN);
        book.table.all().stream()
                .filter(entry -> entry.verified()
                        && entry.record()
                                .lastConnected()
                                .filter(since::isBefore)
                                .isPresent())
                .sorted(Comparator.comparing((PeerEntry entry) ->
                                entry.record().lastConnected().orElseThrow())
                        .reversed()
                        .thenComparing(entry -> entry.id))
                .limit(ANCHORS)
                .toList()
                .forEach(entry -> {
                    entry.anchor = true;
                    book.settle(entry);
                });
    }

    private void remember(PeerRecord peer) {
        PeerEntry entry = book.add(peer);
        List<AddressRecord> addresses = peer.addresses();
        if (!entry.verified() && entry.flags().isEmpty() && !addresses.isEmpty()) {
            AddressRecord first = addresses.getFirst();
            book.quotas.count(entry, first.address(), first.source(), Optional.empty());
        }
    }
}
