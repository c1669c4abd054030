package dev.p2p.router;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerDirectory;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.Source;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.Transport;
import dev.p2p.router.control.PeerControl;
import dev.p2p.router.internal.Threads;
import dev.p2p.router.internal.admission.AcceptLoop;
import dev.p2p.router.internal.admission.Admission;
import dev.p2p.router.internal.admission.Endings;
import dev.p2p.router.internal.link.ChannelTable;
import dev.p2p.router.internal.link.Link;
import dev.p2p.router.internal.link.LinkTable;
import dev.p2p.router.internal.link.OpenChannel;
import dev.p2p.router.internal.peers.Input;
import dev.p2p.router.internal.peers.PeerAuthority;
import dev.p2p.router.internal.peers.PeerDriver;
import dev.p2p.router.internal.store.MemoryPeerStore;
import dev.p2p.router.plugin.TransportSet;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A node: moves messages between its reactors and its peers. Everything that it is made of is sealed by
 * {@link RouterBuilder#build()}; {@link #start()} opens sockets and starts threads, {@link #close()} leaves none behind.
 *
 * <p>Safe to use from every thread. A closed node cannot be started again.
 */
public final class Router implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    private final RouterBuilder parts;
    private final PeerStore store;
    private final Threads threads = new Threads();
    private final LinkTable links = new LinkTable();
    private final Endings endings = new Endings();
    private final LiveDirectory directory;
    private final LiveControl control;
    private final TransportSet transports;
    private final List<ReactorSlot> reactors = new ArrayList<>();
    private final ChannelTable channels;
    private final List<Listener> listeners = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lifecycle = new Object();
    private volatile NodeInfo self;
    private volatile Instant startedAt = Instant.EPOCH;
    private volatile @Nullable PeerDriver driver;
    private @Nullable Admission admission;
    private State state = State.BUILT;

    private enum State {
        BUILT,
        STARTED,
        CLOSED
    }

    Router(RouterBuilder parts) {
        this.parts = parts;
        this.store = parts.store == null ? new MemoryPeerStore() : parts.store;
        SecureRandom random = parts.random == null ? new SecureRandom() : parts.random;
        this.directory = new LiveDirectory(links, random);
        this.control = new LiveControl(() -> driver, links, this::self, () -> startedAt);
        this.transports = new TransportSet(parts.transports, parts.streamProtocol, random, parts.transportSettings);
        for (Endpoint endpoint : parts.listen) {
            transport(endpoint);
        }
        List<OpenChannel<?>> open = new ArrayList<>();
        ReactorSlot.Shared shared = new ReactorSlot.Shared(
                parts.key.id(), directory, links, open, this::report, parts.services, parts.clock, random);
        parts.reactors.forEach((provider, settings) -> reactors.add(new ReactorSlot(provider, settings, shared)));
        this.channels = new ChannelTable(open);
        this.self = info(parts.advertised.orElse(NodeTerms.NO_LISTEN_ADDRESS));
    }

    /**
     * Begins to build a node.
     *
     * @param key proves who the node is
     * @param network the chain or network it belongs to; peers of another are refused
     */
    public static RouterBuilder builder(NodeKey key, String network) {
        return new RouterBuilder(key, network);
    }

    /**
     * Listens, starts the reactors, accepts and dials.
     *
     * @throws IOException if a place cannot be listened on or the store cannot be read; everything is closed again
     * @throws IllegalStateException if the node was started before
     */
    public void start() throws IOException {
        synchronized (lifecycle) {
            if (state != State.BUILT) {
                throw new IllegalStateException("a node is started once");
            }
            state = State.STARTED;
        }
        try {
            open();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What this node tells of itself. Before {@link #start()} it names no place to listen. */
    public NodeInfo self() {
        return self;
    }

    /** Where the node listens, with the ports that were chosen. */
    public List<Endpoint> endpoints() {
        return listeners.stream().map(Listener::endpoint).toList();
    }

    /** The node's peers. */
    public PeerDirectory peers() {
        return directory;
    }

    /** What an operator may see of the peers and do with them. Answers while the node runs. */
    public PeerControl control() {
        return control;
    }

    /**
     * How many connections, and attempts to make one, ended since the start, for each reason that occurred. Counted are also
     * those that the node refused before the peer had proven anything.
     */
    public Map<Reason, Long> endings() {
        return endings.snapshot();
    }

    /** Blocks until the node is closed. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /**
     * Stops accepting and dialing, lets the reactors say good-bye, writes what is queued, ends all connections and threads, and
     * closes the store. Takes at most about three times {@link RouterLimits#closeTimeout()}. May be called again.
     */
    @Override
    public void close() {
        synchronized (lifecycle) {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
        }
        boolean interrupted = Thread.interrupted();
        try {
            shutDown();
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            release();
            closed.countDown();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The threads that live, for leak checks. */
    List<String> liveThreads() {
        return threads.names();
    }

    private void open() throws IOException {
        for (Endpoint endpoint : parts.listen) {
            listeners.add(transport(endpoint).listen(endpoint));
        }
        NodeTerms terms = new NodeTerms(parts, endpoints());
        self = info(terms.listenAddress());
        Admission actions = new Admission(
                parts.key,
                self,
                transports,
                terms.admission(),
                channels,
                links,
                threads,
                parts.clock,
                endings,
                new PeerAuthority(this::submit, this::bans));
        PeerDriver manager = new PeerDriver(
                terms.policy(),
                store,
                actions,
                parts.clock,
                terms.steadyNanos(),
                new SplittableRandom(new SecureRandom().nextLong()));
        startedAt = parts.clock.instant();
        admission = actions;
        driver = manager;
        directory.started(manager);
        links.open();
        for (ReactorSlot reactor : reactors) {
            threads.start("p2p-reactor-" + reactor.name(), reactor.runner(self, this::reactorFailed));
            reactor.startTimers(transports.timer());
        }
        manager.start();
        parts.seeds.forEach(address -> manager.submit(new Input.Learn(address, new Source.Configured())));
        for (Listener listener : listeners) {
            threads.start("p2p-accept-" + listener.endpoint(), new AcceptLoop(listener, actions, manager::nextAttempt));
        }
    }

    private void shutDown() throws InterruptedException {
        Duration limit = parts.limits.closeTimeout();
        listeners.forEach(Listener::close);
        if (admission != null) {
            admission.close();
        }
        reactors.forEach(ReactorSlot::stop);
        threads.join("p2p-reactor-", limit);
        links.close();
        links.all().forEach(Link::drain);
        threads.join("p2p-write-", limit);
        links.all().forEach(link -> link.close(Reason.SHUTDOWN));
        threads.end(limit);
    }

    private void release() {
        PeerDriver manager = driver;
        if (manager != null) {
            manager.close();
            awaitLatecomers();
        }
        transports.close();
        try {
            store.close();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the peer store did not close cleanly", e);
        }
    }

    /** The peer manager may have admitted a connection while all others were ended. After it, nobody starts a thread any more. */
    private void awaitLatecomers() {
        try {
            threads.end(parts.limits.closeTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(Input input) {
        PeerDriver manager = driver;
        if (manager != null) {
            manager.submit(input);
        }
    }

    private boolean bans(NodeId id) {
        PeerDriver manager = driver;
        return manager != null && manager.bans(id);
    }

    private void report(PeerRef peer, PeerError error) {
        submit(new Input.Reported(peer, error));
    }

    private void reactorFailed() {
        if (parts.onReactorFailure == ReactorFailure.CLOSE_NODE) {
            Thread.ofVirtual().name("p2p-close").start(this::close);
        }
    }

    private Transport transport(Endpoint endpoint) {
        return transports
                .find(endpoint.protocol())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no transport serves " + endpoint + "; there are " + transports.protocols()));
    }

    private NodeInfo info(String listenAddress) {
        return NodeInfo.of(parts.key.id(), parts.network, parts.moniker, parts.version, listenAddress, channels.ids());
    }
}
