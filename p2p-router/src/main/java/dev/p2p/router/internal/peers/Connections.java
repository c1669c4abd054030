package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Attempts in progress and live connections, with the counts that the caps are compared to. */
final class Connections {

    /**
     * An attempt in progress.
     *
     * @param address whom it dials; null if somebody came in
     */
    record Attempt(@Nullable NodeAddress address) {}

    /**
     * A live connection.
     *
     * @param address where it was dialed; null if the peer came in
     */
    record Live(
            PeerRef peer,
            Direction direction,
            Instant since,
            @Nullable NodeAddress address) {}

    private final PeerPolicy policy;
    private final Map<Long, Attempt> attempts = new HashMap<>();
    private final Map<NodeId, Live> live = new LinkedHashMap<>();

    Connections(PeerPolicy policy) {
        this.policy = policy;
    }

    void began(long attempt, @Nullable NodeAddress address) {
        attempts.put(attempt, new Attempt(address));
    }

    Optional<Attempt> ended(long attempt) {
        return Optional.ofNullable(attempts.remove(attempt));
    }

    void add(Live connection) {
        live.put(connection.peer().id(), connection);
    }

    /** Removes a connection; empty if it is gone already or has a successor. */
    Optional<Live> remove(PeerRef peer) {
        Live current = live.get(peer.id());
        if (current == null || !current.peer().equals(peer)) {
            return Optional.empty();
        }
        live.remove(peer.id());
        return Optional.of(current);
    }

    Optional<Live> find(NodeId id) {
        return Optional.ofNullable(live.get(id));
    }

    Collection<Live> all() {
        return live.values();
    }

    boolean busyWith(NodeId id) {
        return live.containsKey(id)
                || attempts.values().stream()
                        .anyMatch(attempt ->
                                attempt.address != null && attempt.address.id().equals(id));
    }

    /** Inbound connections. Those that have proven nothing are not counted, or they could keep others out. */
    int inbound() {
        return (int) live.values().stream()
                .filter(one -> one.direction == Direction.INBOUND)
                .count();
    }

    /** Outbound connections to peers that are not persistent, those in progress included. */
    int outbound() {
        long pending = attempts.values().stream()
                .filter(attempt -> attempt.address != null && !policy.isPersistent(attempt.address.id()))
                .count();
        long connected = live.values().stream()
                .filter(one -> one.direction == Direction.OUTBOUND && !policy.isPersistent(one.peer.id()))
                .count();
        return (int) (pending + connected);
    }
}
