package dev.p2p.router.internal.admission;

import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;

/** Accepts on one listener until it is closed. Whoever comes while too many have not proven themselves is dropped unheard. */
public final class AcceptLoop implements Runnable {

    private static final System.Logger LOG = System.getLogger(AcceptLoop.class.getName());

    /** How long the loop rests after a failure such as a lack of file descriptors. */
    private static final long PAUSE_MILLIS = 100;

    private final Listener listener;
    private final Admission admission;
    private final LongSupplier attempts;
    private final int maxPending;

    /**
     * @param attempts gives each connection its number
     * @param maxPending how many may be unproven at a time
     */
    public AcceptLoop(Listener listener, Admission admission, LongSupplier attempts, int maxPending) {
        this.listener = listener;
        this.admission = admission;
        this.attempts = attempts;
        this.maxPending = maxPending;
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
            PendingConnection pending = listener.accept();
            if (admission.pending() >= maxPending) {
                LOG.log(Level.DEBUG, () -> "dropped " + pending.remote() + ": too many unproven connections");
                pending.close();
            } else {
                admission.knocked(attempts.getAsLong(), pending);
            }
        } catch (ListenerClosedException e) {
            throw e;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "accepting on " + listener.endpoint() + " failed", e);
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
