package dev.p2p.api.transport;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** What a node lends to its transports. Safe to use from every thread. */
public interface TransportContext {

    /**
     * The protocol that turns a byte stream into a connection: authenticates, encrypts and multiplexes.
     *
     * @throws IllegalStateException if the node was built without one
     */
    StreamProtocol streamProtocol();

    /** The node's one timer. Tasks on it are short and never block. */
    ScheduledExecutorService timer();

    /** Chance good enough for keys. */
    SecureRandom random();

    /** This transport's settings as configured; may be empty. */
    Map<String, String> settings();
}
