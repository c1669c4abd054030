package dev.p2p.api.transport;

import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;

/** Follows a handshake. Called on the handshake's thread, in this order; whoever wants times reads a clock here. */
public interface HandshakeListener {

    /**
     * The channel is encrypted; the peer is still unknown.
     *
     * @param how protocol and cipher, for people
     */
    default void encrypted(String how) {}

    /**
     * The peer has proven that it holds the key of this identity. Called before the identity is checked, so that a refusal can say
     * who answered instead.
     *
     * @throws TransportException to end the handshake with its reason, before this node has told anything of itself
     */
    default void authenticated(NodeId peer) throws TransportException {}

    /** The peer has told of itself. Called before the information is checked, so that a refusal can be explained. */
    default void received(NodeInfo peer) {}
}
