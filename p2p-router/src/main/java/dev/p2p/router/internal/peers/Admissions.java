package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.SlotClass;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides who may knock, and which proven peers may stay. */
final class Admissions {

    private final PeerBook book;
    private final Evictions evictions;
    private final Newcomers newcomers;
    private final Probes probes;
    private final Learning learning;
    private long connectionNumber;

    Admissions(PeerBook book, Evictions evictions, Newcomers newcomers, Probes probes, Learning learning) {
        this.book = book;
        this.evictions = evictions;
        this.newcomers = newcomers;
        this.probes = probes;
        this.learning = learning;
    }

    /** Somebody knocks; nothing is proven. */
    void accepted(long attempt, Endpoint remote) {
        if (book.blocks.bans(remote, book.now())) {
            refuseUnknown(attempt, Reason.BANNED, remote);
        } else if (!book.slots.inboundOpen() && book.absentReserved() == 0) {
            refuseUnknown(attempt, Reason.FULL, remote);
        } else {
            book.connections.began(new Attempt(attempt, null, null, SlotClass.INBOUND, null, null));
            book.out.add(new Effect.Proceed(attempt));
        }
    }

    /** A peer proved itself on an attempt that has just ended. */
    void handshaken(Attempt attempt, Input.Handshaken done) {
        NodeId id = done.info().id();
        Optional<Reason> refusal = refusal(id, done.remote());
        if (refusal.isPresent()) {
            refuse(attempt, done, refusal.get(), "");
            return;
        }
        Live old = book.connections.find(id);
        if (old != null) {
            switch (Duplicates.judge(book.policy.self(), old, done.direction(), book.now())) {
                case REFUSE -> {
                    refuse(attempt, done, Reason.DUPLICATE, "the connection that the smaller identity dialed stays");
                    return;
                }
                case PROBE -> {
                    if (!probes.begin(old, attempt, done)) {
                        refuse(attempt, done, Reason.DUPLICATE, "another one waits already");
                    }
                    return;
                }
                case REPLACE -> replace(old, Reason.DUPLICATE);
            }
        }
        admit(attempt, done);
    }

    /** The old connection lives: the new one is refused. */
    void oldOneLives(Probes.Waiting waiting) {
        book.connections.ended(waiting.attempt().number);
        refuse(waiting.attempt(), waiting.done(), Reason.DUPLICATE, "the older connection lives");
    }

    /** The old connection is dead or gone: the new one takes its place. */
    void oldOneIsGone(Probes.Waiting waiting) {
        book.connections.ended(waiting.attempt().number);
        Live old = book.connections.find(waiting.done().info().id());
        if (old != null) {
            replace(old, Reason.SILENT);
        }
        admit(waiting.attempt(), waiting.done());
    }

    private void replace(Live old, Reason reason) {
        evictions.end(old, reason);
        book.connections.closed(old.peer);
        book.settle(old.entry);
        book.out.decide(old.entry.id, Decision.Kind.CLOSED, reason.toString(), "a newer connection takes its place");
    }

    private Optional<Reason> refusal(NodeId id, Endpoint remote) {
        if (id.equals(book.policy.self())) {
            return Optional.of(Reason.SELF);
        }
        PeerEntry known = book.find(id);
        boolean banned = known != null && known.bannedAt(book.now());
        return banned || book.blocks.bans(remote, book.now()) ? Optional.of(Reason.BANNED) : Optional.empty();
    }

    /** Gives the peer a slot, or sends it away. The attempt has ended, so its own slot is free. */
    private void admit(Attempt attempt, Input.Handshaken done) {
        PeerEntry entry = attempt.dialed == null ? book.find(done.info().id()) : attempt.dialed;
        boolean reserved = entry != null && book.reserved(entry);
        if (reserved || (attempt.slot == SlotClass.RESERVED && attempt.dialed != null)) {
            open(attempt, done, SlotClass.RESERVED);
        } else if (attempt.slot == SlotClass.FEELER) {
            felt(attempt, done);
        } else if (done.direction() == Direction.OUTBOUND) {
            admitOutbound(attempt, done);
        } else {
            admitInbound(attempt, done, entry);
        }
    }

    private void admitOutbound(Attempt attempt, Input.Handshaken done) {
        if (book.slots.outboundFree()) {
            open(attempt, done, SlotClass.OUTBOUND);
            return;
        }
        if (attempt.victim == null) {
            refuse(attempt, done, Reason.FULL, "the limit was lowered meanwhile");
            return;
        }
        PeerEntry candidate = attempt.dialed;
        Live victim = candidate == null ? null : evictions.victimFor(candidate);
        if (victim == null
                && !attempt.victim.closing
                && book.connections.find(attempt.victim.peer).isPresent()) {
            victim = attempt.victim;
        }
        if (victim == null) {
            refuse(attempt, done, Reason.FULL, "nobody to replace any more");
            return;
        }
        evictions.evict(victim, done.info().id().toString());
        open(attempt, done, SlotClass.OUTBOUND);
    }

    private void admitInbound(Attempt attempt, Input.Handshaken done, @Nullable PeerEntry entry) {
        if (book.slots.regularInboundFree()) {
            open(attempt, done, SlotClass.INBOUND);
            return;
        }
        if (!book.slots.inboundOpen()) {
            refuse(attempt, done, Reason.FULL, "all slots are taken");
            return;
        }
        Live victim = entry == null ? null : evictions.victimForNewcomer(entry);
        if (victim == null && entry != null) {
            victim = reservedFor(entry);
        }
        if (victim != null) {
            evictions.evict(victim, done.info().id().toString());
            open(attempt, done, SlotClass.INBOUND);
        } else if (newcomers.serves()) {
            newcomers.arrived(open(attempt, done, SlotClass.NEWCOMER));
        } else {
            refuse(attempt, done, Reason.FULL, "all slots are taken, and nobody stands lower");
        }
    }

    /**
     * Who comes in while he is being dialed as somebody's better may take that place himself, if it is one that he may have: where each
     * direction has its own cap, he waits for the dial, or there would be one more inbound connection than may be.
     */
    private @Nullable Live reservedFor(PeerEntry entry) {
        Attempt dialing = entry.dialing;
        Live victim = dialing == null ? null : dialing.victim;
        if (victim == null || victim.closing || victim.entry.live != victim) {
            return null;
        }
        return victim.slot == SlotClass.INBOUND || book.slots.caps().total() < Caps.UNLIMITED ? victim : null;
    }

    private Live open(Attempt attempt, Input.Handshaken done, SlotClass slot) {
        NodeAddress dialed = attempt.address;
        PeerEntry entry = attempt.dialed == null ? book.findOrAdd(done.info().id()) : attempt.dialed;
        PeerRef peer = new PeerRef(entry.id, ++connectionNumber);
        String group = slot == SlotClass.OUTBOUND && dialed != null
                ? Quotas.groupName(dialed).orElse(null)
                : null;
        Live live = new Live(peer, entry, done.direction(), done.remote(), book.now(), slot, dialed, group);
        live.listens =
                SelfReport.of(done.info(), done.direction(), done.remote()).orElse(null);
        book.connections.opened(live);
        entry.anchor = false;
        book.out.add(new Effect.Admit(attempt.number, peer));
        book.save(entry, connected(entry.record(), dialed));
        book.out.decide(
                entry.id, Decision.Kind.ADMITTED, slot.toString(), done.remote().toString());
        book.out.keep(
                entry.id,
                HistoryEvent.Kind.CONNECTED,
                done.direction().name().toLowerCase(Locale.ROOT),
                done.remote().toString());
        if (live.listens != null) {
            learning.learn(live.listens, new Source.SelfReported());
        }
        return live;
    }

    /** A feeler reached its peer: the address is verified. The connection stays only if a slot is free by now. */
    private void felt(Attempt attempt, Input.Handshaken done) {
        PeerEntry entry = attempt.dialed;
        NodeAddress address = attempt.address;
        if (entry == null || address == null || book.slots.outboundFree()) {
            open(attempt, done, SlotClass.OUTBOUND);
            return;
        }
        PeerRecord verified = connected(entry.record(), address);
        book.save(
                entry,
                Addresses.changed(
                        verified,
                        address,
                        record -> Addresses.next(
                                record, 0, book.policy.pace().retry().next(1, book.now(), book.random))));
        book.out.add(new Effect.Refuse(attempt.number, Reason.REQUESTED));
        book.out.decide(entry.id, Decision.Kind.VERIFIED, "feeler", address.toString());
    }

    /** What is remembered of a peer that is connected now: where it was reached, and no marks that have ended. */
    private PeerRecord connected(PeerRecord before, @Nullable NodeAddress dialed) {
        PeerRecord after = before.withLastConnected(book.now()).withIncompatible(Optional.empty());
        Optional<Mark> ban = after.ban();
        if (ban.isPresent() && !ban.get().holdsAt(book.now())) {
            after = after.withBan(Optional.empty());
        }
        return dialed == null
                ? after
                : Addresses.changed(
                        after,
                        dialed,
                        record ->
                                book.policy.rules().life().renewed(Addresses.reached(record, book.now()), book.now()));
    }

    /** A peer that is sent away has not failed: its back-off stays as it was, but it is not dialed again at once. */
    private void refuse(Attempt attempt, Input.Handshaken done, Reason reason, String detail) {
        NodeId id = done.info().id();
        book.out.add(new Effect.Refuse(attempt.number, reason));
        PeerEntry dialed = attempt.dialed;
        if (dialed != null && attempt.address != null) {
            NodeAddress address = attempt.address;
            book.save(
                    dialed,
                    Addresses.changed(
                            dialed.record(),
                            address,
                            record -> Addresses.notBefore(
                                    record,
                                    record.failures(),
                                    book.policy.pace().retry().next(1, book.now(), book.random))));
        }
        tellRefused(id, reason, done.remote().toString(), detail);
    }

    /**
     * A banned peer proved itself, and was sent away before it was told anything.
     *
     * @param remote from where it came
     */
    void turnedAway(NodeId id, String remote) {
        tellRefused(id, Reason.BANNED, remote, "");
    }

    private void tellRefused(NodeId id, Reason reason, String remote, String detail) {
        if (book.find(id) == null) {
            book.out.tell(Optional.of(id), Decision.Kind.REFUSED, reason.toString(), remote);
            return;
        }
        book.out.decide(id, Decision.Kind.REFUSED, reason.toString(), detail.isEmpty() ? remote : detail);
        book.out.keep(id, HistoryEvent.Kind.REFUSED, reason.toString(), remote);
    }

    private void refuseUnknown(long attempt, Reason reason, Endpoint remote) {
        book.out.add(new Effect.Refuse(attempt, reason));
        book.out.tell(Optional.empty(), Decision.Kind.REFUSED, reason.toString(), remote.toString());
    }
}
