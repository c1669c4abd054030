package dev.p2p.api.transport;

import dev.p2p.api.Endpoint;
import java.io.IOException;

/** A connection that nobody has proven anything on yet. It can only shake hands or be closed. */
public interface PendingConnection extends AutoCloseable {

    /** This side's end. */
    Endpoint local();

    /** The other side's end, as the network shows it. */
    Endpoint remote();

    /**
     * Proves both identities, exchanges node information and checks it as {@link HandshakeRequest#check} says. Blocks.
     * Called at most once. If it throws, the connection is closed.
     *
     * @throws TransportException with the reason, if the peer or the network fails
     * @throws InterruptedException if the calling thread is interrupted; the connection is closed
     */
    Connection handshake(HandshakeRequest request) throws IOException, InterruptedException;

    /** Drops the connection without a word. Ends a handshake in progress. May be called again, also afterwards. */
    @Override
    void close();
}
