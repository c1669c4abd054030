package dev.p2p.router.internal.admission;

import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Accepts on one listener until it is closed, whatever fails in between. Whoever comes is counted before anything else. */
public final class AcceptLoop implements Runnable {

    private static final System.Logger LOG = System.getLogger(AcceptLoop.class.getName());

    /** Who is told of each connection. */
    interface Door {

        /** Waits until somebody may come. */
        void awaitRoom() throws InterruptedException;

        /** Somebody is there. Never blocks. */
        void knocked(long attempt, PendingConnection pending);
    }

    /** Waits. */
    @FunctionalInterface
    interface Rest {
        void rest(Duration pause) throws InterruptedException;
    }

    private final Listener listener;
    private final Door door;
    private final LongSupplier attempts;
    private final Rest rest;
    private final AcceptTrouble trouble;

    /** @param attempts gives each connection its number */
    public AcceptLoop(Listener listener, Admission admission, LongSupplier attempts) {
        this(
                listener,
                admission,
                attempts,
                Thread::sleep,
                new AcceptTrouble(System::nanoTime, (what, why) -> LOG.log(Level.WARNING, what, why)));
    }

    AcceptLoop(Listener listener, Door door, LongSupplier attempts, Rest rest, AcceptTrouble trouble) {
        this.listener = listener;
        this.door = door;
        this.attempts = attempts;
        this.rest = rest;
        this.trouble = trouble;
    }

    @Override
    public void run() {
        try {
            while (true) {
                acceptOne();
            }
        } catch (ListenerClosedException e) {
            LOG.log(Level.DEBUG, () -> "no longer listening on " + listener.endpoint());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptOne() throws ListenerClosedException, InterruptedException {
        try {
            door.awaitRoom();
            PendingConnection pending = listener.accept();
            trouble.over();
            door.knocked(attempts.getAsLong(), pending);
            // While a crowd waits outside, nothing here parks, and a virtual thread would keep its carrier.
            Thread.yield();
        } catch (ListenerClosedException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            rest.rest(trouble.failed(listener.endpoint(), e));
        }
    }
}
