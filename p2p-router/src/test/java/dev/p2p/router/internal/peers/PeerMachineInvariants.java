package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.router.control.SlotClass;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What holds for the machine after every input. A full check costs a walk over all peers. */
final class PeerMachineInvariants {

    private final PeerManager manager;
    private final PeerBook book;

    /** What the bounded numbers were after the input before. */
    private final Map<String, Integer> numbers = new HashMap<>();

    PeerMachineInvariants(PeerManager manager) {
        this.manager = manager;
        this.book = manager.book();
    }

    /** The cheap ones: counts and caps. */
    void checkCounts(Instant now) {
        begun = begun.isAfter(now) ? now : begun;
        Caps caps = book.slots.caps();
        bounded("outbound", all(SlotClass.OUTBOUND), caps.outbound() + caps.upgrades());
        bounded("outbound without upgrades", book.slots.used(SlotClass.OUTBOUND), caps.outbound());
        bounded("inbound", live(SlotClass.INBOUND) + live(SlotClass.NEWCOMER), caps.inbound());
        bounded("regular inbound", book.slots.staying(SlotClass.INBOUND), caps.regularInbound());
        bounded("feelers", all(SlotClass.FEELER), caps.feelers());
        int unbound = busyOrWanted();
        check(
                book.table.size() <= book.policy.rules().maxPeers() + unbound,
                "table",
                book.table.size() + " with " + unbound);
        check(
                book.table.verifiedCount() <= book.policy.rules().maxVerified() + unbound + 1,
                "verified",
                book.table.verifiedCount());
        check(book.history.peers() <= History.PEERS, "history", book.history.peers());
        check(book.find(book.policy.self()) == null, "self", "known");
    }

    /** A number stays within its cap; where the cap was lowered below it, it only falls until it does. */
    private void bounded(String what, int number, int cap) {
        int before = numbers.getOrDefault(what, 0);
        check(number <= Math.max(cap, before), what, number + " after " + before + ", the cap is " + cap);
        numbers.put(what, number);
    }

    /** All of them. */
    void check(Instant now) {
        checkCounts(now);
        Map<SlotClass, Integer> live = new EnumMap<>(SlotClass.class);
        for (Live one : book.connections.all()) {
            live.merge(one.slot, 1, Integer::sum);
            check(one.entry.live == one, "live entry", one.peer);
            check(book.find(one.peer.id()) == one.entry, "live known", one.peer);
        }
        book.slots
                .uses()
                .forEach(use -> check(
                        use.connected() == live.getOrDefault(use.slot(), 0),
                        "slot count " + use.slot(),
                        use.connected()));
        int verified = 0;
        int reserved = 0;
        Map<String, Integer> quotas = new HashMap<>();
        for (PeerEntry entry : book.table.all()) {
            verified += entry.verified() ? 1 : 0;
            reserved += book.reserved(entry) ? 1 : 0;
            checkEntry(entry, now);
            if (entry.source != null) {
                quotas.merge("source " + entry.source.name, 1, Integer::sum);
            }
            if (entry.group != null) {
                quotas.merge("group " + entry.group.name, 1, Integer::sum);
            }
        }
        check(verified == book.table.verifiedCount(), "verified count", verified);
        check(quotas.equals(book.quotas.sizes()), "quotas", quotas);
        quotas.forEach((name, size) -> check(
                size
                        <= (name.startsWith("source")
                                ? book.policy.rules().sourceQuota()
                                : book.policy.rules().groupQuota()),
                name,
                size));
        checkExpiry(now);
        checkLeast(true);
        checkLeast(false);
        checkBest(now);
        checkWake(now);
    }

    private void checkEntry(PeerEntry entry, Instant now) {
        NodeId id = entry.id;
        boolean shelved = !entry.busy() && entry.flags().isEmpty();
        check((entry.shelf != null) == shelved, "shelf", id);
        check(entry.queue == null || !entry.busy(), "queued while busy", id);
        boolean dialable = !entry.busy() && !entry.record().addresses().isEmpty();
        check((entry.queue != null) == dialable, "queued", id);
        if (entry.shelf != null) {
            check(entry.shelf.keyOf(entry) == Ranking.worth(entry.record()), "worth", id);
        }
        long expiry = shelved ? Expiry.due(entry, book.policy.rules().life()) : Long.MAX_VALUE;
        check((entry.expiry != null) == (expiry < Long.MAX_VALUE), "expiring", id);
        check(entry.expiry == null || entry.expiry.keyOf(entry) == expiry, "expiry", id);
        if (entry.queue != null && book.schedule.isReady(entry)) {
            check(entry.queue.keyOf(entry) == Ranking.dialRank(entry), "rank", id);
            check(!DialSchedule.due(entry).isAfter(now), "ready before its time", id);
        }
        check(entry.source == null || (!entry.verified() && entry.flags().isEmpty()), "quota of the unverified", id);
        int hearsay = 0;
        for (AddressRecord address : entry.record().addresses()) {
            check(address.address().id().equals(id), "address of another", id);
            hearsay += address.lastSuccess().isEmpty() ? 1 : 0;
        }
        check(hearsay <= 16, "addresses", hearsay);
        boolean told = entry.told != null;
        boolean mayTell = !entry.has(PeerFlag.PRIVATE)
                && entry.record().ban().isEmpty()
                && entry.record().incompatible().isEmpty();
        check(!told || mayTell, "told", id);
        check(Reputation.at(entry.record(), now) <= Reputation.LIMIT, "reputation", id);
        check(Reputation.at(entry.record(), now) >= -Reputation.LIMIT, "reputation", id);
    }

    /** What is old is forgotten, or the machine asks to be woken for it at once; well after the start. */
    private void checkExpiry(Instant now) {
        Optional<Instant> first = book.table.firstExpiry();
        boolean overdue =
                first.filter(at -> !at.isAfter(now)).isPresent() && now.isAfter(begun.plus(Duration.ofDays(1)));
        check(!overdue || manager.nextWake().filter(at -> !at.isAfter(now)).isPresent(), "overdue", first);
        check(first.isEmpty() || manager.nextWake().isPresent(), "lost wake-up of an expiry", first);
    }

    /** The peer that is forgotten next is the one that a look at all peers finds. */
    private void checkLeast(boolean ofVerified) {
        PeerEntry least = null;
        for (PeerEntry entry : book.table.all()) {
            if (entry.shelf != null
                    && entry.verified() == ofVerified
                    && (least == null
                            || before(Ranking.worth(entry.record()), entry, Ranking.worth(least.record()), least))) {
                least = entry;
            }
        }
        check(least == book.table.least(ofVerified), "least", least);
    }

    /** The peer that is dialed next is the one that a look at all peers finds. */
    private void checkBest(Instant now) {
        PeerEntry best = null;
        for (PeerEntry entry : book.table.all()) {
            boolean first = best == null
                    || rankClass(entry) < rankClass(best)
                    || (rankClass(entry) == rankClass(best)
                            && before(Ranking.dialRank(entry), entry, Ranking.dialRank(best), best));
            if (entry.queue != null && book.schedule.isReady(entry) && first) {
                best = entry;
            }
        }
        check(best == book.schedule.best(), "best", best);
    }

    /** Whatever can be dialed is dialed, or the machine asks to be woken for it. */
    private void checkWake(Instant now) {
        boolean waits =
                book.slots.outboundFree() && book.schedule.best() != null || book.schedule.dueReserved(now) != null;
        boolean busy = book.connections.dialing() >= book.policy.pace().maxDialing();
        check(!waits || busy || manager.nextWake().isPresent(), "lost wake-up", now);
        if (book.slots.outboundFree() && !busy && book.schedule.firstWaiting().isPresent()) {
            check(manager.nextWake().isPresent(), "lost wake-up of a waiting peer", now);
        }
    }

    private static int rankClass(PeerEntry entry) {
        return entry.verified() || entry.anchor ? 0 : 1;
    }

    private static boolean before(long key, PeerEntry entry, long otherKey, PeerEntry other) {
        if (key != otherKey) {
            return key < otherKey;
        }
        return entry.lot != other.lot ? entry.lot < other.lot : entry.id.compareTo(other.id) < 0;
    }

    private int live(SlotClass slot) {
        return book.slots.live(slot);
    }

    private int all(SlotClass slot) {
        return book.slots.live(slot) + book.slots.pending(slot);
    }

    private int busyOrWanted() {
        return book.connections.all().size() + book.connections.dialing() + wanted;
    }

    /** About when the machine was started. */
    private Instant begun = Instant.MAX;

    /** How many peers the test asked to keep. */
    int wanted;

    private void check(boolean holds, String what, Object detail) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what + " (" + detail + ")");
        }
    }
}
