package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.Decision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of the peer manager share: the known peers, the queues that they stand in, the connections, and the present
 * instant. Keeps them in step: whoever changes a peer does it here.
 */
final class PeerBook {

    final PeerPolicy policy;
    final RandomGenerator random;
    final History history = new History();
    final Outbox out = new Outbox(history);
    final Quotas quotas;
    final AddressPool pool;
    final PeerTable table;
    final DialSchedule schedule;
    final Slots slots;
    final Connections connections;
    final BlockList blocks = new BlockList();
    final IdentityBans bans = new IdentityBans();
    private Instant now = Instant.EPOCH;
    private int reservedKnown;

    PeerBook(PeerPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        this.quotas = new Quotas(policy.rules());
        this.pool = new AddressPool(policy.rules().tellUnverified());
        this.table = new PeerTable(policy, random, quotas, pool, this::forgotten);
        this.schedule = new DialSchedule(policy.reservedSlots());
        this.slots = new Slots(policy.caps());
        this.connections = new Connections(policy.rules().outboundPerGroup(), slots, schedule);
    }

    void begin(Instant at) {
        now = at.truncatedTo(ChronoUnit.MILLIS);
        out.begin(now);
    }

    Instant now() {
        return now;
    }

    @Nullable
    PeerEntry find(NodeId id) {
        return table.find(id);
    }

    /** A peer, known from now on. */
    PeerEntry findOrAdd(NodeId id) {
        PeerEntry known = table.find(id);
        if (known != null) {
            return known;
        }
        table.makeRoom();
        return add(PeerRecord.unknown(id, now));
    }

    PeerEntry add(PeerRecord record) {
        PeerEntry entry = table.add(record);
        reservedKnown += reserved(entry) ? 1 : 0;
        bans.follow(record);
        schedule.settle(entry, now);
        return entry;
    }

    /** Replaces a peer's record, here and in the store. */
    void save(PeerEntry entry, PeerRecord record, Durability durability) {
        int before = reserved(entry) ? 1 : 0;
        table.update(entry, record);
        bans.follow(record);
        reservedKnown += (reserved(entry) ? 1 : 0) - before;
        schedule.settle(entry, now);
        out.persist(new Change.Put(record), durability);
    }

    void save(PeerEntry entry, PeerRecord record) {
        save(entry, record, Durability.ASYNC);
    }

    /** Puts a peer where it belongs after its connection or attempt changed. */
    void settle(PeerEntry entry) {
        table.settle(entry);
        schedule.settle(entry, now);
    }

    /** Whether a peer has a slot of its own, outside the caps. */
    boolean reserved(PeerEntry entry) {
        return policy.reservedSlots() && Ranking.wanted(entry);
    }

    /** How many peers with a slot of their own are not connected. */
    int absentReserved() {
        return Math.max(0, reservedKnown - connections.reserved());
    }

    BackOff backOff(PeerEntry entry) {
        return entry.has(PeerFlag.PERSISTENT)
                ? policy.pace().persistentRetry()
                : policy.pace().retry();
    }

    private void forgotten(PeerEntry entry, String why) {
        reservedKnown -= reserved(entry) ? 1 : 0;
        bans.forget(entry.id);
        schedule.remove(entry);
        out.persist(new Change.Delete(entry.id), Durability.ASYNC);
        history.forget(entry.id);
        out.tell(Optional.of(entry.id), Decision.Kind.FORGOTTEN, why, "");
    }
}
