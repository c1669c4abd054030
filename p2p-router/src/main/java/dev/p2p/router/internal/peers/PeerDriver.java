package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.Reason;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.StoreStats;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerControl;
import dev.p2p.router.control.PeerEvents;
import dev.p2p.router.control.StoreStatus;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one thread around the peer manager: takes inputs in order, applies them, carries out the effects and sleeps until the next
 * one or the machine's own time. Also answers what other threads may know of the peers.
 */
public final class PeerDriver implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PeerDriver.class.getName());
    private static final Duration LONGEST_SLEEP = Duration.ofHours(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** How long nothing is tried by itself after a failure, which may be there the next time too. */
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(1);

    private final PeerPolicy policy;
    private final PeerStore store;
    private final SteadyClock clock;
    private final AtomicLong attempts = new AtomicLong();
    private final PeerManager manager;
    private final AddressPool pool;
    private final IdentityBans bans;
    private final StoreWriter writer;
    private final EventHub events = new EventHub();
    private final Errands errands;
    private final DriverQueue queue = new DriverQueue();
    private final Thread thread = Thread.ofVirtual().name("p2p-peers").unstarted(this::run);
    private volatile int known;
    private boolean failing;

    /** @param nanos time that only moves on, in nanoseconds, to notice when the clock is set */
    public PeerDriver(
            PeerPolicy policy,
            PeerStore store,
            PeerActions actions,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random) {
        this.policy = policy;
        this.store = store;
        this.clock = new SteadyClock(clock, nanos);
        this.manager = new PeerManager(policy, random, this::nextAttempt);
        this.pool = manager.pool();
        this.bans = manager.identityBans();
        this.writer = new StoreWriter(store);
        this.errands = new Errands(actions, writer, events);
    }

    /**
     * Reads what was remembered, and begins to dial.
     *
     * @throws PeerStoreException if the store cannot be read
     */
    public void start() throws PeerStoreException {
        List<PeerRecord> remembered = StoredPeers.read(store, policy.rules().maxPeers());
        writer.start();
        submit(new Input.Restore(remembered, store.blocks()));
        submit(new Input.Start());
        thread.start();
    }

    /** Adds an input. Never blocks. */
    public void submit(Input input) {
        queue.add(input);
    }

    /**
     * Does what an operator wants. Blocks until the peer manager has, and the store has it on disk where it must be.
     *
     * @throws PeerStoreException if the store does not have it yet
     * @throws IllegalStateException if the peer manager does not run or answer
     */
    public Outcome wish(Input.Wish wish) throws InterruptedException, PeerStoreException {
        return wishAll(List.of(wish)).getFirst();
    }

    /**
     * Does several things in turn, and writes them together. Blocks as {@link #wish} does, no longer for many than for one.
     *
     * @throws PeerStoreException if the store does not have all of it
     */
    public List<Outcome> wishAll(List<? extends Input.Wish> wishes) throws InterruptedException, PeerStoreException {
        List<CompletableFuture<WishTicket>> answers = new ArrayList<>();
        for (Input.Wish wish : wishes) {
            CompletableFuture<WishTicket> answer = new CompletableFuture<>();
            queue.add(wish, answer);
            answers.add(answer);
        }
        List<WishTicket> tickets = new ArrayList<>();
        for (CompletableFuture<WishTicket> answer : answers) {
            tickets.add(await(answer));
        }
        WishTicket.awaitDisk(tickets);
        return tickets.stream().map(WishTicket::outcome).toList();
    }

    /**
     * Asks the machine, on its own thread. Blocks until it has answered.
     *
     * @param question reads and changes nothing
     * @throws IllegalStateException if the peer manager does not run or answer
     */
    public <T> T ask(BiFunction<PeerManager, Instant, T> question) throws InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable task = () -> {
            try {
                answer.complete(question.apply(manager, clock.now()));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        };
        queue.add(task, answer);
        return await(answer);
    }

    /**
     * How it stands with the store. Blocks while the store answers, on a thread of the platform, since native code holds its thread.
     *
     * @throws PeerStoreException if the store cannot answer
     * @throws IllegalStateException if it does not answer in time
     */
    public StoreStatus store() throws InterruptedException, PeerStoreException {
        CompletableFuture<StoreStats> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("p2p-store-stats").start(() -> {
            try {
                answer.complete(store.stats());
            } catch (PeerStoreException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return writer.status(answer.get(PeerControl.PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PeerStoreException problem) {
                throw problem;
            }
            throw new IllegalStateException("the store cannot answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the store does not answer", e);
        }
    }

    /** All decisions from now on. */
    public PeerEvents subscribe(int capacity) {
        return events.subscribe(capacity);
    }

    /** How many decisions subscribers did not get. */
    public long missedEvents() {
        return events.missed();
    }

    /** A number for an attempt. */
    public long nextAttempt() {
        return attempts.incrementAndGet();
    }

    /** How many peers are known. */
    public int known() {
        return known;
    }

    /** Whether an identity is banned. Never waits. */
    public boolean bans(NodeId id) {
        return bans.holdAt(id, clock.now());
    }

    /** Addresses to tell a peer. Never waits. */
    public List<NodeAddress> sample(NodeId audience, Optional<Endpoint> remote, int limit, RandomGenerator random) {
        return pool.draw(audience, remote.map(PeerDriver::scope).orElse(AddressScope.PUBLIC), limit, random);
    }

    /** Stops deciding, and writes what is to be remembered. The store itself stays open. */
    @Override
    public void close() {
        submit(new Input.Stop());
        try {
            if (thread.isAlive() && !thread.join(CLOSE_LIMIT)) {
                LOG.log(Level.WARNING, "the peer manager does not end");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.close();
        events.close();
        writer.close();
    }

    private static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(PeerControl.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the peer manager cannot answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the peer manager does not answer", e);
        }
    }

    private void run() {
        try {
            while (true) {
                DriverQueue.Job job = queue.take(queue.isEmpty() ? sleepNanos() : 0);
                clock.step().ifPresent(by -> apply(new Input.ClockStepped(by), null));
                switch (job) {
                    case DriverQueue.Question(var question, var _) -> question.run();
                    case DriverQueue.Work(var input, var answer) -> {
                        apply(input, answer);
                        if (input instanceof Input.Stop) {
                            return;
                        }
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the peer manager was interrupted");
        }
    }

    private void apply(Input input, @Nullable CompletableFuture<WishTicket> answer) {
        List<Effect> effects = decide(input, answer);
        known = manager.size();
        Optional<WishTicket> ticket = errands.run(effects);
        if (answer != null) {
            ticket.ifPresent(answer::complete);
        }
    }

    /** An input on which the machine fails costs what it is about, and not the thread on which all peers depend. */
    private List<Effect> decide(Input input, @Nullable CompletableFuture<WishTicket> answer) {
        try {
            List<Effect> effects = manager.apply(input, clock.now());
            failing = false;
            return effects;
        } catch (RuntimeException e) {
            failing = true;
            LOG.log(
                    Level.ERROR,
                    "the peer manager failed on " + input.getClass().getSimpleName(),
                    e);
            if (answer != null) {
                answer.completeExceptionally(e);
            }
            List<Effect> begun = new ArrayList<>(manager.begun());
            switch (input) {
                case Input.Accepted(var attempt, var _) -> begun.add(new Effect.Refuse(attempt, Reason.INTERNAL_ERROR));
                case Input.Handshaken done -> begun.add(new Effect.Refuse(done.attempt(), Reason.INTERNAL_ERROR));
                default -> {}
            }
            return begun;
        }
    }

    private long sleepNanos() {
        if (failing) {
            return REST_AFTER_FAILURE.toNanos();
        }
        Instant now = clock.now();
        return manager.nextWake()
                .map(at -> Duration.between(now, at))
                .filter(left -> left.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP)
                .toNanos();
    }

    private static AddressScope scope(Endpoint remote) {
        return remote instanceof NetEndpoint net ? AddressScope.of(net.ip()) : AddressScope.LOCAL;
    }
}
