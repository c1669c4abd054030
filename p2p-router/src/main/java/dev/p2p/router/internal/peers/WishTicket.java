package dev.p2p.router.internal.peers;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerControl;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What became of an operator's wish.
 *
 * @param written done when what it changed is in the store, as durably as it must be
 */
record WishTicket(Outcome outcome, Future<?> written) {

    /**
     * Waits until the store has all of it on disk.
     *
     * @throws PeerStoreException if it does not in time
     */
    static void awaitDisk(List<WishTicket> tickets) throws InterruptedException, PeerStoreException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PeerControl.PATIENCE_SECONDS);
        try {
            for (WishTicket ticket : tickets) {
                ticket.written().get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new PeerStoreException(
                    PeerStoreException.Problem.IO,
                    "it holds for this run, but the store does not have it on disk yet: " + e,
                    e);
        }
    }
}
