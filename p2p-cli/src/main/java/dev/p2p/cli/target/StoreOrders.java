package dev.p2p.cli.target;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.Source;
import dev.p2p.cli.peerdata.Outcome;
import dev.p2p.cli.peerdata.Outcome.Status;
import dev.p2p.cli.peerdata.PeerOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns orders into changes of a store, without making them. Later orders see what earlier ones will have changed. */
final class StoreOrders {

    private final PeerStore store;
    private final Instant now;
    private final List<Change> changes = new ArrayList<>();
    private final Map<IpBlock, Mark> blocks;
    private final Map<NodeId, Optional<PeerRecord>> touched = new LinkedHashMap<>();

    StoreOrders(PeerStore store, Instant now) throws PeerStoreException {
        this.store = store;
        this.blocks = new LinkedHashMap<>(store.blocks());
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    List<Change> changes() {
        return changes;
    }

    Outcome add(PeerOrder order) throws PeerStoreException {
        return switch (order) {
            case PeerOrder.Add(var address, var flags) -> remember(address, flags);
            case PeerOrder.Remove(var id) -> forget(id);
            case PeerOrder.Ban(var id, var duration, var reason) -> ban(id, mark(duration, reason));
            case PeerOrder.Unban(var id) -> unban(id);
            case PeerOrder.Block(var block, var duration, var reason) -> block(block, mark(duration, reason));
            case PeerOrder.Unblock(var block) -> unblock(block);
            case PeerOrder.Connect(var id) -> needsNode(id);
            case PeerOrder.Disconnect(var id, var why) -> needsNode(id);
        };
    }

    private Outcome remember(NodeAddress address, Set<PeerFlag> flags) throws PeerStoreException {
        PeerRecord peer = current(address.id()).orElseGet(() -> PeerRecord.unknown(address.id(), now));
        String subject = address.toString();
        List<AddressRecord> addresses = new ArrayList<>(peer.addresses());
        if (addresses.stream().noneMatch(known -> known.address().equals(address))) {
            if (addresses.size() == PeerRecord.MAX_ADDRESSES) {
                return new Outcome(
                        subject,
                        Status.REFUSED,
                        "the peer has " + PeerRecord.MAX_ADDRESSES + " addresses, which is the most");
            }
            addresses.add(AddressRecord.heard(address, new Source.Operator(), now));
        }
        PeerRecord result = peer.withAddresses(addresses).withFlags(flags.isEmpty() ? peer.flags() : flags);
        if (result.equals(peer)) {
            return new Outcome(subject, Status.UNCHANGED, "known already");
        }
        put(result);
        return new Outcome(subject, Status.DONE, "added, saved in the store");
    }

    private Outcome forget(NodeId id) throws PeerStoreException {
        if (current(id).isEmpty()) {
            return unknown(id);
        }
        changes.add(new Change.Delete(id));
        touched.put(id, Optional.empty());
        return new Outcome(id.toString(), Status.DONE, "removed, with its history");
    }

    /** A peer that nobody heard of can be banned: it is refused when it comes. */
    private Outcome ban(NodeId id, Mark mark) throws PeerStoreException {
        PeerRecord peer = current(id).orElseGet(() -> PeerRecord.unknown(id, now));
        put(peer.withBan(Optional.of(mark)));
        happened(id, HistoryEvent.Kind.BANNED, mark.reason(), "until " + mark.until() + ", by an operator");
        return new Outcome(id.toString(), Status.DONE, "banned until " + mark.until());
    }

    private Outcome unban(NodeId id) throws PeerStoreException {
        Optional<PeerRecord> found = current(id);
        if (found.isEmpty()) {
            return unknown(id);
        }
        PeerRecord peer = found.get();
        if (peer.ban().isEmpty()) {
            return new Outcome(id.toString(), Status.UNCHANGED, "not banned");
        }
        PeerRecord free = peer.withBan(Optional.empty())
                .withIncompatible(Optional.empty())
                .withAddresses(peer.addresses().stream()
                        .map(StoreOrders::dialableAtOnce)
                        .toList());
        put(peer.reputation() < 0 ? free.withReputation(0, now) : free);
        happened(id, HistoryEvent.Kind.UNBANNED, "requested", "by an operator");
        return new Outcome(id.toString(), Status.DONE, "ban, back-off and penalty cleared");
    }

    private Outcome block(IpBlock block, Mark mark) {
        changes.add(new Change.Block(block, mark));
        blocks.put(block, mark);
        return new Outcome(block.toString(), Status.DONE, "banned until " + mark.until());
    }

    private Outcome unblock(IpBlock block) {
        if (blocks.remove(block) == null) {
            return new Outcome(block.toString(), Status.UNCHANGED, "not banned");
        }
        changes.add(new Change.Unblock(block));
        return new Outcome(block.toString(), Status.DONE, "ban lifted");
    }

    private static Outcome needsNode(NodeId id) {
        return new Outcome(id.toString(), Status.REFUSED, "a store has no connections; only a running node has");
    }

    private Mark mark(Duration duration, String reason) {
        Duration bounded = duration.compareTo(PeerOrder.LONGEST_BAN) > 0 ? PeerOrder.LONGEST_BAN : duration;
        return new Mark(now.plus(bounded), reason);
    }

    private static AddressRecord dialableAtOnce(AddressRecord address) {
        return new AddressRecord(
                address.address(),
                address.source(),
                address.firstSeen(),
                address.lastSuccess(),
                0,
                Optional.empty(),
                address.expires());
    }

    private Optional<PeerRecord> current(NodeId id) throws PeerStoreException {
        Optional<PeerRecord> changed = touched.get(id);
        return changed != null ? changed : store.get(id);
    }

    private void put(PeerRecord peer) {
        changes.add(new Change.Put(peer));
        touched.put(peer.id(), Optional.of(peer));
    }

    private void happened(NodeId id, HistoryEvent.Kind kind, String reason, String detail) {
        changes.add(new Change.Append(id, new HistoryEvent(now, kind, reason, detail)));
    }

    private static Outcome unknown(NodeId id) {
        return new Outcome(id.toString(), Status.NOT_FOUND, "no known peer has that ID");
    }
}
