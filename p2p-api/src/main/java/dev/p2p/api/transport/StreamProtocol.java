package dev.p2p.api.transport;

import dev.p2p.api.Endpoint;

/** Turns a stream of raw bytes into an authenticated, encrypted connection with channels. Safe to use from every thread. */
public interface StreamProtocol {

    /** The protocol's name, such as {@code comet}. */
    String name();

    /**
     * Starts the protocol on a stream. Neither reads nor writes yet.
     *
     * @param raw belongs to the result from now on
     * @param local this side's end
     * @param remote the other side's end
     * @param side which end this node is
     */
    PendingConnection over(ByteStream raw, Endpoint local, Endpoint remote, Side side);
}
