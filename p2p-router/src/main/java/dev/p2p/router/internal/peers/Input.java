package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.PeerMemory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens to the peer manager. An attempt is one dial or one accepted connection, up to its admission. */
public sealed interface Input {

    /** What was remembered from the last run. Before {@link Start}. */
    record Restore(List<PeerRecord> peers, Map<IpBlock, Mark> blocks) implements Input {

        public Restore(List<PeerRecord> peers) {
            this(peers, Map.of());
        }
    }

    /** The node is ready to dial. */
    record Start() implements Input {}

    /** Somebody told of an address. */
    record Learn(NodeAddress address, Source source) implements Input {}

    /** No connection was made. */
    record DialFailed(long attempt, Reason reason, String detail) implements Input {}

    /** Somebody connected; nothing is proven yet. */
    record Accepted(long attempt, Endpoint remote) implements Input {}

    /** A peer proved itself and fits. */
    record Handshaken(long attempt, NodeInfo info, Direction direction, Endpoint remote) implements Input {}

    /**
     * There was a connection, but no handshake.
     *
     * @param id who it was, if that was proven
     * @param detail for people; from where it came, if a banned peer knocked
     */
    record HandshakeFailed(long attempt, Optional<NodeId> id, Reason reason, String detail) implements Input {}

    /** An admitted connection is gone. */
    record Closed(PeerRef peer, Reason reason) implements Input {}

    /** Whether a connection that was asked for a sign of life gave one. */
    record Probed(PeerRef peer, boolean alive) implements Input {}

    /** A reactor told what a peer did. */
    record Reported(PeerRef peer, PeerError error) implements Input {}

    /** It is the time that {@link PeerManager#nextWake()} asked for, or later. */
    record Wake() implements Input {}

    /** The wall clock was set: what was to come is as far away as before. */
    record ClockStepped(Duration by) implements Input {}

    /** The node closes. */
    record Stop() implements Input {}

    /** What an operator wants. {@link Effect.Answer} says what became of it. */
    sealed interface Wish extends Input {

        record Add(NodeAddress address, Set<PeerFlag> flags) implements Wish {}

        record Flag(NodeId id, Set<PeerFlag> flags) implements Wish {}

        record Remove(NodeId id) implements Wish {}

        record Connect(NodeId id) implements Wish {}

        record Disconnect(NodeId id, String why) implements Wish {}

        record Ban(NodeId id, Duration duration, String why) implements Wish {}

        record Unban(NodeId id) implements Wish {}

        record Block(IpBlock block, Duration duration, String why) implements Wish {}

        record Unblock(IpBlock block) implements Wish {}

        record TakeIn(PeerMemory peer, MergeRule rule) implements Wish {}

        record Limit(int inbound, int outbound) implements Wish {}
    }
}
