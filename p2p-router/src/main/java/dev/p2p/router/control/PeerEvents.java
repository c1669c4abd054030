package dev.p2p.router.control;

import java.time.Duration;
import java.util.Optional;

/** A subscription to decisions, from the moment it was made. Safe to use from every thread. */
public interface PeerEvents extends AutoCloseable {

    /**
     * The next decision. Blocks until there is one.
     *
     * @param patience how long to wait at most
     * @return empty if there was none in that time, or the subscription or the node is closed
     */
    Optional<Decision> next(Duration patience) throws InterruptedException;

    /** How many decisions were lost so far because nobody took them in time. The oldest are lost first. */
    long missed();

    /** Whether nothing will come any more: the subscription or the node is closed, and everything was taken. */
    boolean ended();

    @Override
    void close();
}
