package dev.p2p.router.internal.peers;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The one thread around the peer manager: takes inputs in order, applies them, carries out the effects and sleeps until the next
 * one or the machine's own time. Also publishes what other threads may know of the peers.
 */
public final class PeerDriver implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PeerDriver.class.getName());

    /** Addresses that wait to be learned; more are dropped, since they come unasked. All other inputs are few and never dropped. */
    private static final int MAX_WAITING_LEARNS = 10_000;

    private static final Duration LONGEST_SLEEP = Duration.ofHours(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final PeerPolicy policy;
    private final PeerStore store;
    private final PeerActions actions;
    private final InstantSource clock;
    private final AtomicLong attempts = new AtomicLong();
    private final PeerManager manager;
    private final StoreWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Input> inputs = new ArrayDeque<>();
    private final Thread thread = Thread.ofVirtual().name("p2p-peers").unstarted(this::run);
    private volatile AddressSample sample = AddressSample.NOTHING;
    private int waitingLearns;
    private boolean stopped;

    public PeerDriver(
            PeerPolicy policy, PeerStore store, PeerActions actions, InstantSource clock, RandomGenerator random) {
        this.policy = policy;
        this.store = store;
        this.actions = actions;
        this.clock = clock;
        this.manager = new PeerManager(policy, random, this::nextAttempt);
        this.writer = new StoreWriter(store);
    }

    /**
     * Reads what was remembered, and begins to dial.
     *
     * @throws PeerStoreException if the store cannot be read
     */
    public void start() throws PeerStoreException {
        List<PeerRecord> remembered = new ArrayList<>();
        try (PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
            Optional<PeerRecord> peer = scan.next();
            while (peer.isPresent() && remembered.size() < policy.maxPeers()) {
                remembered.add(peer.get());
                peer = scan.next();
            }
        }
        writer.start();
        submit(new Input.Restore(remembered));
        submit(new Input.Start());
        thread.start();
    }

    /** Adds an input. Never blocks. */
    public void submit(Input input) {
        lock.lock();
        try {
            boolean learn = input instanceof Input.Learn;
            if (stopped || (learn && waitingLearns == MAX_WAITING_LEARNS)) {
                return;
            }
            waitingLearns += learn ? 1 : 0;
            inputs.add(input);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A number for an attempt. */
    public long nextAttempt() {
        return attempts.incrementAndGet();
    }

    /** How many peers are known. */
    public int known() {
        return sample.known();
    }

    /** Addresses to tell a peer. */
    public List<NodeAddress> sample(NodeId audience, Optional<Endpoint> remote, int limit, RandomGenerator random) {
        return sample.choose(audience, remote, limit, random);
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
        writer.close();
    }

    private void run() {
        try {
            Input input = take();
            while (true) {
                Instant now = clock.instant();
                manager.apply(input, now).forEach(this::carryOut);
                if (input instanceof Input.Stop) {
                    return;
                }
                if (idle()) {
                    sample = AddressSample.of(manager.known(), now);
                }
                input = take();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the peer manager was interrupted");
        }
    }

    /** The next input, or a wake when the machine asked for one. */
    private Input take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (inputs.isEmpty()) {
                Duration sleep = manager.nextWake()
                        .map(at -> Duration.between(clock.instant(), at))
                        .filter(left -> left.compareTo(LONGEST_SLEEP) < 0)
                        .orElse(LONGEST_SLEEP);
                if (sleep.isNegative() || sleep.isZero() || arrived.awaitNanos(sleep.toNanos()) <= 0) {
                    return new Input.Wake();
                }
            }
            Input input = inputs.removeFirst();
            waitingLearns -= input instanceof Input.Learn ? 1 : 0;
            stopped |= input instanceof Input.Stop;
            return input;
        } finally {
            lock.unlock();
        }
    }

    private boolean idle() {
        lock.lock();
        try {
            return inputs.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void carryOut(Effect effect) {
        try {
            switch (effect) {
                case Effect.Dial dial -> actions.dial(dial.attempt(), dial.address());
                case Effect.Proceed proceed -> actions.proceed(proceed.attempt());
                case Effect.Admit admit -> actions.admit(admit.attempt(), admit.peer());
                case Effect.Refuse refuse -> actions.refuse(refuse.attempt(), refuse.reason());
                case Effect.Close close -> actions.close(close.peer(), close.reason());
                case Effect.Release release -> actions.release(release.peer());
                case Effect.Persist persist -> writer.submit(persist.change(), persist.durability());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an effect of the peer manager failed: " + effect, e);
        }
    }
}
