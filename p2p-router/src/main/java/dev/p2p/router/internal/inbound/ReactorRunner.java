package dev.p2p.router.internal.inbound;

import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Started;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The loop of a reactor's thread: takes events from the mailbox and hands them over one by one. A reactor that throws is
 * replaced by a new one, which is told of the start and of every connected peer; the event that it failed on is not repeated.
 */
public final class ReactorRunner implements Runnable {

    private static final System.Logger LOG = System.getLogger(ReactorRunner.class.getName());

    private final String name;
    private final Mailbox mailbox;
    private final Supplier<Reactor> factory;
    private final Runnable onFailure;
    private final AtomicLong failures = new AtomicLong();
    private final Started started;
    private final Map<PeerRef, PeerUp> present = new LinkedHashMap<>();
    private Reactor reactor;

    /**
     * @param reactor the first instance
     * @param factory makes its successor after a failure
     * @param onFailure told of each failure before the successor is made; may stop the node
     */
    public ReactorRunner(
            String name,
            Mailbox mailbox,
            Reactor reactor,
            Started started,
            Supplier<Reactor> factory,
            Runnable onFailure) {
        this.name = name;
        this.mailbox = mailbox;
        this.reactor = reactor;
        this.started = started;
        this.factory = factory;
        this.onFailure = onFailure;
    }

    @Override
    public void run() {
        List<ReactorEvent> batch = new ArrayList<>();
        try {
            handOver(started);
            while (mailbox.take(batch)) {
                for (ReactorEvent event : batch) {
                    handOver(event);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Error e) {
            failed("an event", e);
            throw e;
        }
    }

    /** How often the reactor threw. */
    public long failures() {
        return failures.get();
    }

    private void handOver(ReactorEvent event) throws InterruptedException {
        switch (event) {
            case PeerUp up -> present.put(up.peer(), up);
            case PeerDown down -> present.remove(down.peer());
            default -> {}
        }
        try {
            reactor.on(event);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed(event.getClass().getSimpleName(), e);
            if (!(event instanceof ReactorEvent.Stopping)) {
                restart();
            }
        }
    }

    private void restart() throws InterruptedException {
        try {
            reactor = factory.get();
            reactor.on(started);
            for (PeerUp up : present.values()) {
                reactor.on(up);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed("its restart", e);
        }
    }

    private void failed(String on, Throwable e) {
        failures.incrementAndGet();
        LOG.log(Level.ERROR, "reactor " + name + " failed on " + on, e);
        onFailure.run();
    }
}
