package dev.p2p.api.transport;

import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * What this node brings to a handshake, and what it expects.
 *
 * @param key proves this node's identity
 * @param self what this node tells of itself
 * @param expected who must answer, if this side dialed a known node; empty for whoever comes in
 * @param limit how long the whole handshake may take, more than zero; one deadline, not one for each read
 * @param listener is told of each stage
 */
public record HandshakeRequest(
        NodeKey key, NodeInfo self, Optional<NodeId> expected, Duration limit, HandshakeListener listener) {

    public HandshakeRequest {
        if (!key.id().equals(self.id())) {
            throw new IllegalArgumentException(
                    "the node information names " + self.id() + ", the key is of " + key.id());
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a handshake needs more time than " + limit);
        }
    }

    /** A request without a listener. */
    public HandshakeRequest(NodeKey key, NodeInfo self, Optional<NodeId> expected, Duration limit) {
        this(key, self, expected, limit, new HandshakeListener() {});
    }

    /**
     * Checks a proven identity, after the listener was told of it and before this node tells anything of itself.
     *
     * @throws TransportException with {@code SELF} or {@code WRONG_ID}
     */
    public void checkIdentity(NodeId proven) throws TransportException {
        if (proven.equals(self.id())) {
            throw new TransportException(Reason.SELF, "the connection leads back to this node");
        }
        if (expected.isPresent() && !expected.get().equals(proven)) {
            throw new TransportException(
                    Reason.WRONG_ID, "expected node " + expected.get() + ", but " + proven + " answered");
        }
    }

    /**
     * Checks the peer's information against its proven identity and this node's own information.
     *
     * @throws TransportException with {@code INVALID_NODE_INFO} or the reason of an incompatibility
     */
    public void check(NodeInfo peer, NodeId proven) throws TransportException {
        if (!peer.id().equals(proven)) {
            throw new TransportException(
                    Reason.INVALID_NODE_INFO,
                    "the node information names " + peer.id() + ", but the key is of " + proven);
        }
        Optional<NodeInfo.Incompatibility> problem = self.incompatibilityWith(peer);
        if (problem.isPresent()) {
            throw new TransportException(problem.get().reason(), problem.get().detail());
        }
    }
}
