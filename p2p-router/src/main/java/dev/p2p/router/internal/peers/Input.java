package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import java.util.List;
import java.util.Optional;

/** What happens to the peer manager. An attempt is one dial or one accepted connection, up to its admission. */
public sealed interface Input {

    /** What was remembered from the last run. Before {@link Start}. */
    record Restore(List<PeerRecord> peers) implements Input {}

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
     */
    record HandshakeFailed(long attempt, Optional<NodeId> id, Reason reason, String detail) implements Input {}

    /** An admitted connection is gone. */
    record Closed(PeerRef peer, Reason reason) implements Input {}

    /** A reactor told what a peer did. */
    record Reported(PeerRef peer, PeerError error) implements Input {}

    /** It is the time that {@link PeerManager#nextWake()} asked for, or later. */
    record Wake() implements Input {}

    /** The node closes. */
    record Stop() implements Input {}
}
