package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.Reason;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Explanation.NextStep;
import dev.p2p.router.control.SlotClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Chooses whom to dial, where and when, within slots, shares and rate; takes in how it went. */
final class Dialing {

    /** The peer works, but not with this node: no use in asking again soon. */
    private static final Set<Reason> INCOMPATIBLE = EnumSet.of(
            Reason.WRONG_NETWORK, Reason.WRONG_BLOCK_VERSION, Reason.NO_COMMON_CHANNEL, Reason.INVALID_NODE_INFO);

    private static final Duration INCOMPATIBLE_FOR = Duration.ofHours(1);

    private final PeerBook book;
    private final LongSupplier attemptNumbers;
    private final Evictions evictions;
    private final OwnAddresses own;
    private final DialBudget budget;
    private Instant nextFeeler = Instant.EPOCH;

    Dialing(PeerBook book, LongSupplier attemptNumbers, Evictions evictions, OwnAddresses own, DialBudget budget) {
        this.book = book;
        this.attemptNumbers = attemptNumbers;
        this.evictions = evictions;
        this.own = own;
        this.budget = budget;
    }

    /** Begins the dials that are due and possible now. */
    void dialWhatIsDue() {
        Instant now = book.now();
        book.schedule.advance(now);
        boolean hungry =
                2 * book.slots.staying(SlotClass.OUTBOUND) < book.slots.caps().outbound();
        budget.rate(hungry ? book.policy.pace().fastDials() : book.policy.pace().slowDials(), now);
        PeerEntry reserved = book.schedule.dueReserved(now);
        while (reserved != null && mayBegin()) {
            dialReserved(reserved);
            reserved = book.schedule.dueReserved(now);
        }
        while (book.slots.outboundFree() && mayBegin()) {
            PeerEntry best = book.schedule.best();
            if (best == null) {
                break;
            }
            dial(best, SlotClass.OUTBOUND, null);
        }
        upgrade();
        feel();
    }

    /** Dials at once, whatever the back-off; false if the peer has no address. */
    boolean dialNow(PeerEntry entry) {
        NodeAddress address = choose(entry, Instant.MAX, false);
        if (address == null) {
            return false;
        }
        begin(entry, address, SlotClass.RESERVED, null, "requested");
        return true;
    }

    /** When a dial may be possible that is not now. */
    Optional<Instant> nextWake() {
        Instant now = book.now();
        if (book.connections.dialing() >= book.policy.pace().maxDialing()) {
            return Optional.empty();
        }
        Optional<Instant> due = book.schedule.firstReserved();
        boolean free = book.slots.outboundFree();
        boolean upgradable = book.slots.upgradeFree() && book.slots.caps().upgrades() > 0;
        boolean feelable = mayFeel();
        if (free || upgradable || feelable) {
            due = earlier(due, book.schedule.firstWaiting());
        }
        if (free && book.schedule.best() != null) {
            due = earlier(due, Optional.of(now));
        } else {
            if (upgradable && book.schedule.best() != null) {
                due = earlier(due, evictions.nextUpgrade());
            }
            if (feelable && book.schedule.bestUnverified() != null) {
                due = earlier(due, Optional.of(nextFeeler));
            }
        }
        return due.map(at -> later(at, budget.availableAt(now))).filter(at -> at.isBefore(Instant.MAX));
    }

    /** What may be dialed by itself, and when at the earliest. Changes nothing. */
    List<NextStep> plans() {
        List<NextStep> plans = new ArrayList<>();
        Instant now = book.now();
        if (book.connections.dialing() >= book.policy.pace().maxDialing()) {
            return plans;
        }
        book.schedule.firstReserved().ifPresent(at -> plans.add(plan("dial of a wanted peer", at)));
        if (book.slots.outboundFree()) {
            Optional<Instant> first = book.schedule.best() == null ? book.schedule.firstWaiting() : Optional.of(now);
            first.ifPresent(at -> plans.add(plan("dial", at)));
        } else if (book.slots.upgradeFree() && book.slots.caps().upgrades() > 0 && book.schedule.best() != null) {
            evictions.nextUpgrade().ifPresent(at -> plans.add(plan("swap check", at)));
        }
        if (mayFeel() && book.schedule.bestUnverified() != null) {
            plans.add(plan("feeler", nextFeeler));
        }
        return plans;
    }

    private NextStep plan(String what, Instant at) {
        return new NextStep(what, Optional.of(later(at, budget.availableAt(book.now()))));
    }

    /** A dial ended without a connection, or its connection without a handshake. */
    void failed(Attempt attempt, Reason reason, String detail) {
        PeerEntry entry = attempt.dialed;
        NodeAddress address = attempt.address;
        if (entry == null || address == null) {
            return;
        }
        PeerRecord peer = entry.record();
        if (reason == Reason.SELF) {
            own.ledBack(address);
            book.save(entry, Addresses.without(peer, address));
            book.out.decide(entry.id, Decision.Kind.DIAL_FAILED, reason.toString(), "the address is this node's own");
            return;
        }
        Instant[] next = new Instant[1];
        PeerRecord failed = Addresses.changed(peer, address, record -> {
            next[0] = book.backOff(entry).next(record.failures() + 1, book.now(), book.random);
            return record.failed(next[0]);
        });
        boolean unfit = INCOMPATIBLE.contains(reason) && !book.reserved(entry);
        if (unfit) {
            Mark mark = new Mark(book.now().plus(INCOMPATIBLE_FOR), reason.toString());
            failed = failed.withIncompatible(Optional.of(mark));
            book.out.decide(entry.id, Decision.Kind.INCOMPATIBLE, reason.toString(), "until " + mark.until());
        }
        entry.anchor = false;
        book.save(entry, failed);
        String when = next[0] == null ? detail : detail + (detail.isEmpty() ? "" : "; ") + "next " + next[0];
        book.out.decide(entry.id, Decision.Kind.DIAL_FAILED, reason.toString(), when, HistoryEvent.Kind.DIAL_FAILED);
    }

    /** The wall clock was set. */
    void shift(Duration by) {
        nextFeeler = nextFeeler.plus(by);
        budget.shift(by);
    }

    private boolean mayBegin() {
        return book.connections.dialing() < book.policy.pace().maxDialing() && budget.available(book.now());
    }

    private void dialReserved(PeerEntry entry) {
        NodeAddress address = choose(entry, book.now(), false);
        if (address == null) {
            waitForBan(entry);
        } else {
            begin(entry, address, SlotClass.RESERVED, null, "reserved");
        }
    }

    /** Dials a peer, or sets it aside if its part of the network has no share left. */
    private boolean dial(PeerEntry entry, SlotClass slot, @Nullable Live victim) {
        NodeAddress address = choose(entry, book.now(), slot == SlotClass.OUTBOUND);
        if (address == null) {
            Optional<String> share = shareOf(entry);
            if (share.isPresent()) {
                book.schedule.setAside(entry, share.get());
            } else {
                waitForBan(entry);
            }
            return false;
        }
        begin(entry, address, slot, victim, victim == null ? word(slot) : "upgrade");
        return true;
    }

    private void begin(PeerEntry entry, NodeAddress address, SlotClass slot, @Nullable Live victim, String why) {
        String group = slot == SlotClass.OUTBOUND ? Quotas.groupName(address).orElse(null) : null;
        long number = attemptNumbers.getAsLong();
        book.connections.began(new Attempt(number, entry, address, slot, group, victim));
        book.settle(entry);
        budget.take();
        book.out.add(new Effect.Dial(number, address));
        book.out.decide(entry.id, Decision.Kind.DIAL, why, address.toString());
    }

    /** A better peer may take the place of a worse one, now and then. */
    private void upgrade() {
        PeerEntry candidate = book.schedule.best();
        if (candidate == null || book.slots.outboundFree() || !book.slots.upgradeFree() || !mayBegin()) {
            return;
        }
        Live victim = evictions.victimFor(candidate);
        if (victim != null) {
            dial(candidate, SlotClass.OUTBOUND, victim);
        }
    }

    /** While all outbound slots are taken, unverified addresses are tried one by one. */
    private void feel() {
        PeerEntry unverified = book.schedule.bestUnverified();
        if (unverified == null || !mayFeel() || book.now().isBefore(nextFeeler) || !mayBegin()) {
            return;
        }
        if (dial(unverified, SlotClass.FEELER, null)) {
            nextFeeler = book.now().plus(book.policy.pace().feelerEvery());
        }
    }

    private boolean mayFeel() {
        return book.slots.feelerFree()
                && book.slots.staying(SlotClass.OUTBOUND) >= book.slots.caps().outbound();
    }

    /** The best address: fewest failures first, then verified ones, then the older. Null if none may be dialed. */
    private @Nullable NodeAddress choose(PeerEntry entry, Instant at, boolean withinShare) {
        AddressRecord best = null;
        List<AddressRecord> addresses = entry.record().addresses();
        for (int i = 0; i < addresses.size(); i++) {
            AddressRecord address = addresses.get(i);
            boolean due = address.nextAttempt().isEmpty()
                    || !address.nextAttempt().get().isAfter(at);
            if (due
                    && !book.blocks.bans(address.address(), book.now())
                    && (!withinShare || book.connections.shareFree(address.address()))
                    && (best == null || better(address, best))) {
                best = address;
            }
        }
        return best == null ? null : best.address();
    }

    private static boolean better(AddressRecord one, AddressRecord other) {
        return one.failures() != other.failures()
                ? one.failures() < other.failures()
                : one.lastSuccess().isPresent() && other.lastSuccess().isEmpty();
    }

    /** The part of the network whose share is used up; empty if what keeps a peer from being dialed are bans. */
    private Optional<String> shareOf(PeerEntry entry) {
        return entry.record().addresses().stream()
                .map(AddressRecord::address)
                .filter(address -> !book.blocks.bans(address, book.now()))
                .flatMap(address -> Quotas.groupName(address).stream())
                .findFirst();
    }

    private void waitForBan(PeerEntry entry) {
        Instant end = entry.record().addresses().stream()
                .flatMap(address -> book.blocks.banEnd(address.address(), book.now()).stream())
                .min(Comparator.naturalOrder())
                .orElse(book.now().plus(INCOMPATIBLE_FOR));
        book.schedule.waitUntil(entry, end);
    }

    private static String word(SlotClass slot) {
        return slot == SlotClass.FEELER ? "feeler" : "slot-free";
    }

    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && (other.isEmpty() || one.get().isBefore(other.get())) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
