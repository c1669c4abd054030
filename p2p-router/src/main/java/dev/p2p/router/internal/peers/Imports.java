package dev.p2p.router.internal.peers;

import dev.p2p.api.Reason;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerMemory;
import java.time.Instant;
import java.util.Optional;

/** Takes in whole records that an operator brings from elsewhere. He vouches for them, so they count against no quota. */
final class Imports {

    private final PeerBook book;
    private final OwnAddresses own;
    private final Conduct conduct;

    Imports(PeerBook book, OwnAddresses own, Conduct conduct) {
        this.book = book;
        this.own = own;
        this.conduct = conduct;
    }

    /** What is to be done with a peer: the outcome, the record that results, and who makes room for it. */
    private record Plan(Outcome outcome, PeerRecord result, Optional<PeerEntry> leaves) {

        static Plan only(Outcome outcome, PeerRecord told) {
            return new Plan(outcome, told, Optional.empty());
        }
    }

    /** What would become of a peer. Changes nothing. */
    Outcome rehearse(PeerMemory told, MergeRule rule, Instant now) {
        return plan(told, rule, now).outcome();
    }

    Outcome takeIn(PeerMemory told, MergeRule rule) {
        Plan plan = plan(told, rule, book.now());
        PeerRecord result = plan.result();
        PeerEntry known = book.find(result.id());
        if (plan.outcome() == Outcome.DONE) {
            plan.leaves().ifPresent(least -> book.table.forget(least, "no-room"));
            book.add(result);
            book.out.persist(new Change.Put(result), Durability.SYNC);
            append(told);
            book.out.tell(Optional.of(result.id()), Decision.Kind.LEARNED, "import", "");
            tellBan(Optional.empty(), result);
        } else if (plan.outcome() == Outcome.UPDATED && known != null) {
            PeerRecord before = known.record();
            boolean history = takesHistory(told, rule, before);
            if (history) {
                book.out.persist(new Change.Delete(result.id()), Durability.SYNC);
            }
            book.save(known, result, Durability.SYNC);
            if (history) {
                append(told);
            }
            book.out.decide(result.id(), Decision.Kind.CONFIGURED, "import", "");
            tellBan(before.ban(), result);
        }
        return plan.outcome();
    }

    private Plan plan(PeerMemory told, MergeRule rule, Instant now) {
        PeerRecord given = told.record();
        if (given.id().equals(book.policy.self())) {
            return Plan.only(Outcome.OWN_ADDRESS, given);
        }
        PeerRecord usable = Remembered.sane(usable(given), book.policy, now);
        boolean nothingLeft = usable.addresses().isEmpty() && !given.addresses().isEmpty();
        if (nothingLeft && usable.ban().isEmpty()) {
            return Plan.only(Outcome.UNUSABLE_ADDRESS, given);
        }
        PeerEntry known = book.find(given.id());
        if (known == null) {
            return planNew(usable);
        }
        PeerRecord merged = rule.merge(known.record(), usable);
        boolean same = merged.equals(known.record()) && !takesHistory(told, rule, known.record());
        return Plan.only(same ? Outcome.UNCHANGED : Outcome.UPDATED, merged);
    }

    /** Of those who are wanted there may be more than usual, as when an operator says so peer by peer. */
    private Plan planNew(PeerRecord peer) {
        boolean wanted =
                !peer.flags().isEmpty() || !book.policy.flagsOf(peer.id()).isEmpty();
        boolean verified = isVerified(peer);
        boolean full = book.table.size() >= book.policy.rules().maxPeers();
        boolean fullOfVerified =
                verified && book.table.verifiedCount() >= book.policy.rules().maxVerified();
        if (wanted || (!full && !fullOfVerified)) {
            return Plan.only(Outcome.DONE, peer);
        }
        PeerEntry least = fullOfVerified ? null : book.table.least(false);
        if (least == null && (verified || peer.ban().isPresent())) {
            least = book.table.least(true);
        }
        boolean goes = least != null && (verified && !least.verified() || isWorthMore(peer, least));
        return goes ? new Plan(Outcome.DONE, peer, Optional.ofNullable(least)) : Plan.only(Outcome.NO_ROOM, peer);
    }

    private PeerRecord usable(PeerRecord peer) {
        return peer.withAddresses(peer.addresses().stream()
                .filter(one -> Learning.isDestination(one.address()) && !own.isOwn(one.address()))
                .toList());
    }

    /** Oldest first, so that they are numbered in their order. */
    private void append(PeerMemory told) {
        for (HistoryEvent event : told.until(book.now()).history().reversed()) {
            book.out.persist(new Change.Append(told.record().id(), event), Durability.SYNC);
        }
    }

    private void tellBan(Optional<Mark> before, PeerRecord result) {
        Optional<Mark> ban = result.ban();
        if (ban.equals(before)) {
            return;
        }
        if (ban.isEmpty()) {
            book.out.decide(result.id(), Decision.Kind.UNBANNED, "import", "", HistoryEvent.Kind.UNBANNED);
        } else if (ban.get().holdsAt(book.now())) {
            String detail = "until " + ban.get().until();
            book.out.decide(result.id(), Decision.Kind.BANNED, ban.get().reason(), detail, HistoryEvent.Kind.BANNED);
            conduct.endAny(result.id(), Reason.BANNED);
        }
    }

    private static boolean takesHistory(PeerMemory told, MergeRule rule, PeerRecord known) {
        return !told.history().isEmpty() && rule.takesHistory(known, told.record());
    }

    private static boolean isWorthMore(PeerRecord peer, PeerEntry least) {
        return Ranking.worth(peer) > Ranking.worth(least.record());
    }

    private static boolean isVerified(PeerRecord peer) {
        return peer.addresses().stream().anyMatch(one -> one.lastSuccess().isPresent());
    }
}
