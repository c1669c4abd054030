package dev.p2p.cli.addrbook;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.cli.exchange.Batch;
import dev.p2p.router.control.PeerMemory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes records of a book's entries. */
final class BookPeers {

    /** The reason of a ban that a book brought. */
    static final String BAN_REASON = "addrbook";

    private final Instant now;
    private final boolean publicOnly;
    private final Optional<NodeId> self;
    private final Map<NodeId, PeerRecord> peers = new LinkedHashMap<>();
    private final Map<NodeId, String> places = new HashMap<>();
    private final List<Batch.Problem> passedOver = new ArrayList<>();
    private int unroutable;
    private int own;
    private int banned;

    BookPeers(boolean publicOnly, Optional<NodeId> self, Instant now) {
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.publicOnly = publicOnly;
        this.self = self;
    }

    void add(BookEntry entry) {
        AddressScope scope = entry.address().scope();
        boolean wanted = publicOnly ? scope.routable() : scope != AddressScope.UNUSABLE;
        if (!wanted) {
            unroutable++;
            pass(entry, "its address " + entry.address().host() + " is " + Scopes.word(entry.address()));
        } else if (self.filter(entry.address().id()::equals).isPresent()) {
            own++;
            pass(entry, "it is this node itself");
        } else {
            places.putIfAbsent(entry.address().id(), place(entry));
            peers.merge(entry.address().id(), record(entry), BookPeers::together);
        }
    }

    /** Adds the records, each at the place of its first entry. */
    void into(Batch batch) {
        peers.forEach((id, record) -> batch.add(places.getOrDefault(id, ""), new PeerMemory(record)));
    }

    /** Entries that are sound but not wanted, with the reason. */
    List<Batch.Problem> passedOver() {
        return passedOver;
    }

    int unroutable() {
        return unroutable;
    }

    int own() {
        return own;
    }

    int banned() {
        return banned;
    }

    private void pass(BookEntry entry, String why) {
        passedOver.add(new Batch.Problem(place(entry), why));
    }

    private static String place(BookEntry entry) {
        return "entry " + entry.number();
    }

    private PeerRecord record(BookEntry entry) {
        NodeId id = entry.address().id();
        Source source = entry.source().id().equals(id)
                ? new Source.SelfReported()
                : new Source.Exchange(entry.source().id());
        AddressRecord address = new AddressRecord(
                entry.address(),
                source,
                entry.lastAttempt().orElse(now),
                entry.lastSuccess(),
                entry.attempts(),
                Optional.empty(),
                Optional.empty());
        Optional<Mark> ban = entry.bannedUntil().filter(now::isBefore).map(until -> new Mark(until, BAN_REASON));
        banned += ban.isPresent() ? 1 : 0;
        return new PeerRecord(id, List.of(address), 0, now, entry.lastSuccess(), ban, Optional.empty());
    }

    /** Two addresses of one peer. */
    private static PeerRecord together(PeerRecord one, PeerRecord other) {
        if (one.addresses().size() == PeerRecord.MAX_ADDRESSES) {
            return one;
        }
        List<AddressRecord> addresses = new ArrayList<>(one.addresses());
        addresses.addAll(other.addresses());
        PeerRecord merged = one.withAddresses(addresses);
        return other.ban().isPresent() && one.ban().isEmpty() ? merged.withBan(other.ban()) : merged;
    }
}
