package dev.p2p.router.internal.peers;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.Reason;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Outcome;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/** Does what an operator wants. What must survive a crash is written synchronously. */
final class Wishes {

    private final PeerBook book;
    private final Conduct conduct;
    private final Dialing dialing;
    private final Evictions evictions;
    private final OwnAddresses own;
    private final Imports imports;

    Wishes(PeerBook book, Conduct conduct, Dialing dialing, Evictions evictions, OwnAddresses own, Imports imports) {
        this.book = book;
        this.conduct = conduct;
        this.dialing = dialing;
        this.evictions = evictions;
        this.own = own;
        this.imports = imports;
    }

    Outcome grant(Input.Wish wish) {
        return switch (wish) {
            case Input.Wish.Add(var address, var flags) -> add(address, flags);
            case Input.Wish.Flag(var id, var flags) -> flag(id, flags);
            case Input.Wish.Remove(var id) -> remove(id);
            case Input.Wish.Connect(var id) -> connect(id);
            case Input.Wish.Disconnect(var id, var why) -> disconnect(id, why);
            case Input.Wish.Ban(var id, var duration, var why) -> {
                conduct.ban(book.findOrAdd(id), why, duration);
                conduct.endAny(id, Reason.BANNED);
                yield Outcome.DONE;
            }
            case Input.Wish.Unban(var id) -> unban(id);
            case Input.Wish.Block(var block, var duration, var why) ->
                block(block, Conduct.markFor(duration, why, book.now()));
            case Input.Wish.Unblock(var block) -> unblock(block);
            case Input.Wish.TakeIn(var peer, var rule) -> imports.takeIn(peer, rule);
            case Input.Wish.Limit(var inbound, var outbound) -> limit(inbound, outbound);
        };
    }

    private Outcome add(NodeAddress address, Set<PeerFlag> flags) {
        if (address.id().equals(book.policy.self()) || own.isOwn(address)) {
            return Outcome.OWN_ADDRESS;
        }
        if (!Learning.isDestination(address)) {
            return Outcome.UNUSABLE_ADDRESS;
        }
        PeerEntry known = book.find(address.id());
        boolean banned = known != null && known.bannedAt(book.now());
        if (banned || book.blocks.bans(address, book.now())) {
            return Outcome.BANNED;
        }
        if (known == null && flags.isEmpty() && !book.table.makeRoom()) {
            return Outcome.NO_ROOM;
        }
        PeerRecord before = known == null ? PeerRecord.unknown(address.id(), book.now()) : known.record();
        PeerRecord after = Addresses.wanted(before, address, new Source.Operator(), book.now());
        if (Addresses.find(after, address) == null) {
            return Outcome.NO_ROOM;
        }
        after = after.withFlags(flags).withIncompatible(Optional.empty());
        if (after.equals(before)) {
            return Outcome.UNCHANGED;
        }
        PeerEntry entry = known == null ? book.findOrAdd(address.id()) : known;
        book.save(entry, after, Durability.SYNC);
        book.out.decide(entry.id, Decision.Kind.CONFIGURED, "operator", address + " " + flags);
        return Outcome.DONE;
    }

    private Outcome flag(NodeId id, Set<PeerFlag> flags) {
        PeerEntry entry = book.find(id);
        if (entry == null) {
            return Outcome.UNKNOWN_PEER;
        }
        if (entry.record().flags().equals(flags)) {
            return Outcome.UNCHANGED;
        }
        book.save(entry, entry.record().withFlags(flags), Durability.SYNC);
        book.out.decide(id, Decision.Kind.CONFIGURED, "operator", flags.toString());
        return Outcome.DONE;
    }

    private Outcome remove(NodeId id) {
        PeerEntry entry = book.find(id);
        if (entry == null) {
            return Outcome.UNKNOWN_PEER;
        }
        Attempt attempt = entry.dialing;
        if (attempt != null) {
            book.connections.ended(attempt.number);
            book.out.add(new Effect.Refuse(attempt.number, Reason.REQUESTED));
        }
        Live live = entry.live;
        if (live != null) {
            evictions.end(live, Reason.REQUESTED);
            book.connections.closed(live.peer);
        }
        book.table.forget(entry, "operator");
        book.out.persist(new Change.Delete(id), Durability.SYNC);
        return Outcome.DONE;
    }

    private Outcome connect(NodeId id) {
        PeerEntry entry = book.find(id);
        if (entry == null) {
            return Outcome.UNKNOWN_PEER;
        }
        if (entry.bannedAt(book.now())) {
            return Outcome.BANNED;
        }
        if (entry.busy()) {
            return Outcome.UNCHANGED;
        }
        if (entry.record().addresses().isEmpty()) {
            return Outcome.NO_ADDRESS;
        }
        return dialing.dialNow(entry) ? Outcome.DONE : Outcome.BANNED;
    }

    private Outcome disconnect(NodeId id, String why) {
        Live live = book.connections.find(id);
        if (live == null) {
            return Outcome.UNKNOWN_PEER;
        }
        book.out.decide(id, Decision.Kind.CLOSED, Reason.REQUESTED.toString(), why);
        evictions.end(live, Reason.REQUESTED);
        return Outcome.DONE;
    }

    private Outcome unban(NodeId id) {
        PeerEntry entry = book.find(id);
        if (entry == null) {
            return Outcome.UNKNOWN_PEER;
        }
        if (entry.record().ban().isEmpty()) {
            return Outcome.UNCHANGED;
        }
        PeerRecord lifted = Addresses.changed(entry.record(), Addresses::fresh)
                .withBan(Optional.empty())
                .withIncompatible(Optional.empty())
                .withReputation(0, book.now());
        book.save(entry, lifted, Durability.SYNC);
        book.out.decide(id, Decision.Kind.UNBANNED, "operator", "", HistoryEvent.Kind.UNBANNED);
        return Outcome.DONE;
    }

    private Outcome block(IpBlock block, Mark mark) {
        if (!book.blocks.add(block, mark, book.now())) {
            return Outcome.NO_ROOM;
        }
        book.out.persist(new Change.Block(block, mark), Durability.SYNC);
        book.out.tell(Optional.empty(), Decision.Kind.BANNED, mark.reason(), block + " until " + mark.until());
        for (Live live : new ArrayList<>(book.connections.all())) {
            if (book.blocks.bans(live.remote, book.now())) {
                book.out.decide(live.entry.id, Decision.Kind.CLOSED, Reason.BANNED.toString(), block.toString());
                evictions.end(live, Reason.BANNED);
            }
        }
        return Outcome.DONE;
    }

    private Outcome unblock(IpBlock block) {
        if (!book.blocks.remove(block)) {
            return Outcome.UNCHANGED;
        }
        book.out.persist(new Change.Unblock(block), Durability.SYNC);
        book.out.tell(Optional.empty(), Decision.Kind.UNBANNED, "operator", block.toString());
        book.table.all().forEach(entry -> book.schedule.settle(entry, book.now()));
        return Outcome.DONE;
    }

    private Outcome limit(int inbound, int outbound) {
        Caps caps = Caps.of(inbound, outbound);
        if (caps.equals(book.slots.caps())) {
            return Outcome.UNCHANGED;
        }
        book.slots.caps(caps);
        evictions.shrink();
        return Outcome.DONE;
    }
}
