package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.router.control.SlotClass;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Attempts in progress and live connections, with their slots and their shares of the network. */
final class Connections {

    private final int perGroup;
    private final Slots slots;
    private final DialSchedule schedule;
    private final Map<Long, Attempt> attempts = new HashMap<>();
    private final Map<NodeId, Live> live = new LinkedHashMap<>();
    private final Map<String, Integer> shares = new HashMap<>();
    private int dialing;
    private int reservedLive;

    Connections(int perGroup, Slots slots, DialSchedule schedule) {
        this.perGroup = perGroup;
        this.slots = slots;
        this.schedule = schedule;
    }

    void began(Attempt attempt) {
        attempts.put(attempt.number, attempt);
        slots.began(attempt.slot, attempt.victim != null);
        takeShare(attempt.group);
        if (attempt.dialed != null) {
            attempt.dialed.dialing = attempt;
            dialing++;
        }
        if (attempt.victim != null) {
            attempt.victim.reserved = true;
        }
    }

    /** Removes an attempt; empty if it is unknown or has ended before. */
    Optional<Attempt> ended(long number) {
        Attempt attempt = attempts.remove(number);
        if (attempt == null) {
            return Optional.empty();
        }
        slots.ended(attempt.slot, attempt.victim != null);
        freeShare(attempt.group);
        if (attempt.dialed != null) {
            attempt.dialed.dialing = null;
            dialing--;
        }
        if (attempt.victim != null) {
            attempt.victim.reserved = false;
        }
        return Optional.of(attempt);
    }

    void opened(Live connection) {
        live.put(connection.peer.id(), connection);
        connection.entry.live = connection;
        slots.opened(connection);
        takeShare(connection.group);
        reservedLive += connection.slot == SlotClass.RESERVED ? 1 : 0;
    }

    /** Removes a connection; empty if it is gone already or has a successor. */
    Optional<Live> closed(PeerRef peer) {
        Live current = live.get(peer.id());
        if (current == null || !current.peer.equals(peer)) {
            return Optional.empty();
        }
        live.remove(peer.id());
        current.entry.live = null;
        slots.closed(current);
        freeShare(current.group);
        reservedLive -= current.slot == SlotClass.RESERVED ? 1 : 0;
        return Optional.of(current);
    }

    void moved(Live connection, SlotClass to) {
        reservedLive += (to == SlotClass.RESERVED ? 1 : 0) - (connection.slot == SlotClass.RESERVED ? 1 : 0);
        slots.moved(connection, to);
    }

    /** The current connection, if it is this one. */
    Optional<Live> find(PeerRef peer) {
        return Optional.ofNullable(live.get(peer.id())).filter(one -> one.peer.equals(peer));
    }

    /** The current connection to a peer, or null. */
    @Nullable
    Live find(NodeId id) {
        return live.get(id);
    }

    /** Oldest first. */
    Collection<Live> all() {
        return live.values();
    }

    Collection<Attempt> attempts() {
        return attempts.values();
    }

    int dialing() {
        return dialing;
    }

    /** How many connections use reserved slots. */
    int reserved() {
        return reservedLive;
    }

    /** Whether one more outbound connection may go into the part of the network where an address is. */
    boolean shareFree(NodeAddress address) {
        return Quotas.groupName(address)
                .map(group -> shares.getOrDefault(group, 0) < perGroup)
                .orElse(true);
    }

    private void takeShare(@Nullable String group) {
        if (group != null) {
            shares.merge(group, 1, Integer::sum);
        }
    }

    private void freeShare(@Nullable String group) {
        if (group != null) {
            shares.merge(group, -1, (now, one) -> now + one == 0 ? null : now + one);
            schedule.shareFreed(group);
        }
    }
}
