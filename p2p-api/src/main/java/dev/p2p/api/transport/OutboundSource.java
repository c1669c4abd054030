package dev.p2p.api.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection's writer gets what to write. The platform implements it; priorities, queues and limits are behind
 * it. Called by one thread only, except for {@link #wake()}.
 */
public interface OutboundSource {

    /**
     * The most urgent slice right now.
     *
     * @param maxBytes the longest slice the caller can take, at least 1. A transport that keeps messages whole passes
     *     {@code Integer.MAX_VALUE}
     * @param wait how long to wait for something to do; zero asks without waiting
     * @return the slice, {@link Piece#END} when the connection is to be ended in order, or null if there was nothing
     *     within that time or somebody called {@link #wake()}: time for the caller's own keep-alive and flush
     */
    @Nullable
    Piece next(int maxBytes, Duration wait) throws InterruptedException;

    /** Makes the waiting or else the next call of {@link #next} return null at once if nothing is queued. Any thread; never blocks. */
    void wake();
}
