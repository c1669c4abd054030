package dev.p2p.api.transport;

import dev.p2p.api.Endpoint;
import java.io.IOException;
import java.time.Duration;

/** A way to reach other nodes. Safe to use from every thread. */
public interface Transport extends AutoCloseable {

    /**
     * Starts to accept connections. May be called any number of times, for different endpoints.
     *
     * @param endpoint where; a port of 0 asks for a free one, {@link Listener#endpoint()} tells which
     * @throws IOException if the place cannot be listened on, for example because it is in use
     * @throws IllegalArgumentException if the endpoint's protocol or kind is not this transport's
     */
    Listener listen(Endpoint endpoint) throws IOException;

    /**
     * Opens a connection and blocks until it is there. Nothing is sent or read yet.
     *
     * @param endpoint where
     * @param limit how long this may take, more than zero
     * @throws TransportException with {@code CONNECTION_REFUSED}, {@code DIAL_TIMEOUT} or {@code NETWORK_FAILURE}
     * @throws InterruptedException if the calling thread is interrupted; nothing stays open
     * @throws IllegalArgumentException if the endpoint's protocol or kind is not this transport's, or its IP address is an
     *     unspecified one, which is no place to go to
     */
    PendingConnection dial(Endpoint endpoint, Duration limit) throws IOException, InterruptedException;

    /** Closes the listeners and ends dials in progress. Established connections live on. May be called again. */
    @Override
    void close();
}
