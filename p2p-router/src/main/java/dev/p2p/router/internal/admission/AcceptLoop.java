package dev.p2p.router.internal.admission;

import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;

/** Accepts on one listener until it is closed. Whoever comes is counted before anything else. */
public final class AcceptLoop implements Runnable {

    private static final System.Logger LOG = System.getLogger(AcceptLoop.class.getName());

    /** How long the loop rests after a failure such as a lack of file descriptors. */
    private static final long PAUSE_MILLIS = 100;

    private final Listener listener;
    private final Admission admission;
    private final LongSupplier attempts;

    /** @param attempts gives each connection its number */
    public AcceptLoop(Listener listener, Admission admission, LongSupplier attempts) {
        this.listener = listener;
        this.admission = admission;
        this.attempts = attempts;
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
            admission.awaitRoom();
            PendingConnection pending = listener.accept();
            admission.knocked(attempts.getAsLong(), pending);
            Thread.yield(); // while a crowd waits outside, nothing here parks, and a virtual thread would keep its
            // carrier
        } catch (ListenerClosedException e) {
            throw e;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "accepting on " + listener.endpoint() + " failed", e);
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
