package dev.p2p.router.internal.admission;

import dev.p2p.api.Endpoint;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Transport;
import dev.p2p.router.internal.Threads;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Dials the places of one address against each other ("happy eyeballs", RFC 8305): the next one begins when the one before has
 * failed or has not succeeded within a moment. The first connection wins; the other dials are ended, and whatever still comes
 * of them is closed.
 */
final class PlaceRace {

    private static final System.Logger LOG = System.getLogger(PlaceRace.class.getName());

    /** The connection attempt delay that RFC 8305, section 5, recommends. */
    private static final Duration HEAD_START = Duration.ofMillis(250);

    private final Transport transport;
    private final List<Endpoint> places;
    private final Duration limit;
    private final Threads threads;
    private final Duration headStart;
    private final List<Thread> dialers = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable PendingConnection winner;
    private @Nullable IOException failure;
    private int begun;
    private int failed;
    private boolean over;

    /** @param places at least one, best first */
    PlaceRace(Transport transport, List<Endpoint> places, Duration limit, Threads threads) {
        this(transport, places, limit, threads, HEAD_START);
    }

    /** @param headStart how long a place is dialed alone if it neither fails nor succeeds */
    PlaceRace(Transport transport, List<Endpoint> places, Duration limit, Threads threads, Duration headStart) {
        this.transport = transport;
        this.places = places;
        this.limit = limit;
        this.threads = threads;
        this.headStart = headStart;
    }

    /**
     * The first connection that is made. Blocks. Called once.
     *
     * @throws IOException as the last place failed, if all did
     * @throws InterruptedException if the calling thread is interrupted; nothing stays open, and no dial goes on
     */
    PendingConnection run() throws IOException, InterruptedException {
        if (places.size() == 1) {
            return transport.dial(places.getFirst(), limit);
        }
        try {
            return race();
        } finally {
            finish();
        }
    }

    private PendingConnection race() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (winner != null) {
                    PendingConnection won = winner;
                    winner = null;
                    return won;
                }
                if (failure != null && failed == places.size()) {
                    throw failure;
                }
                if (begun < places.size()) {
                    begin(places.get(begun++));
                    awaitTurn(failed);
                } else {
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitTurn(int failedBefore) throws InterruptedException {
        long left = headStart.toNanos();
        while (winner == null && failed == failedBefore && left > 0) {
            left = changed.awaitNanos(left);
        }
    }

    private void begin(Endpoint place) {
        dialers.add(threads.start("p2p-dial-" + place, () -> {
            try {
                connected(transport.dial(place, limit));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, () -> "no connection to " + place, e);
                failed(e);
            } catch (InterruptedException e) {
                failed(new IOException("the dial was interrupted", e));
            } catch (RuntimeException e) {
                failed(new IOException("the dial failed on this side", e));
            }
        }));
    }

    private void connected(PendingConnection connection) {
        lock.lock();
        try {
            if (!over && winner == null) {
                winner = connection;
                changed.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        connection.close();
    }

    private void failed(IOException e) {
        lock.lock();
        try {
            failed++;
            failure = e;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        PendingConnection unwanted;
        lock.lock();
        try {
            over = true;
            unwanted = winner;
            winner = null;
        } finally {
            lock.unlock();
        }
        dialers.forEach(Thread::interrupt);
        if (unwanted != null) {
            unwanted.close();
        }
    }
}
