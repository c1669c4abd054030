package dev.p2p.router;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A transport whose dials end as the test says, and when it says so; nobody ever comes to the end of a handshake on it. */
public final class StagedTransport implements Transport, TransportProvider {

    private final ConcurrentHashMap<Endpoint, Staged> stages = new ConcurrentHashMap<>();
    private final List<Endpoint> dialed = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Optional<Staged>> incoming = new LinkedBlockingQueue<>();

    /** Nothing is staged yet, so every dial is a mistake. */
    public StagedTransport() {}

    /** Dials to this place neither succeed nor fail until told to. */
    public Staged hangs(Endpoint place) {
        Staged staged = new Staged(place);
        stages.put(place, staged);
        return staged;
    }

    /** Dials to this place succeed. */
    public Staged connects(Endpoint place) {
        Staged staged = hangs(place);
        staged.connect();
        return staged;
    }

    /** Dials to this place fail. */
    public Staged fails(Endpoint place, Exception failure) {
        Staged staged = hangs(place);
        staged.fail(failure);
        return staged;
    }

    /** Somebody comes in from this place. */
    public Staged knock(Endpoint from) {
        return knock(new Staged(from));
    }

    /** Somebody comes in whose handshake fails on this side. */
    public Staged knockAndBreak(Endpoint from, Error failure) {
        return knock(new Staged(from).breaks(failure));
    }

    private Staged knock(Staged staged) {
        incoming.add(Optional.of(staged));
        return staged;
    }

    /** Where was dialed so far, in order. */
    public List<Endpoint> dialed() {
        return List.copyOf(dialed);
    }

    @Override
    public String name() {
        return "staged";
    }

    @Override
    public Set<String> protocols() {
        return Set.of("tcp");
    }

    @Override
    public Transport create(TransportContext context) {
        return this;
    }

    @Override
    public PendingConnection dial(Endpoint endpoint, Duration limit) throws IOException, InterruptedException {
        dialed.add(endpoint);
        Staged staged = stages.get(endpoint);
        if (staged == null) {
            throw new IllegalArgumentException("nothing is staged at " + endpoint);
        }
        return staged.outcome();
    }

    @Override
    public Listener listen(Endpoint endpoint) {
        return new Listener() {
            @Override
            public Endpoint endpoint() {
                return endpoint;
            }

            @Override
            public PendingConnection accept() throws IOException, InterruptedException {
                return incoming.take().orElseThrow(ListenerClosedException::new);
            }

            @Override
            public void close() {
                incoming.add(Optional.empty());
            }
        };
    }

    @Override
    public void close() {
        // Nothing is open but what the test has staged.
    }

    /** One place, and the connection that a dial there leads to. */
    public static final class Staged implements PendingConnection {

        private final Endpoint place;
        private final CompletableFuture<Staged> outcome = new CompletableFuture<>();
        private final CountDownLatch dialed = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private final CountDownLatch shaking = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicInteger handshakes = new AtomicInteger();
        private volatile boolean deaf;
        private volatile @Nullable Error handshakeFailure;

        Staged(Endpoint place) {
            this.place = place;
        }

        /** An interrupt does not end its dials. */
        public Staged deaf() {
            deaf = true;
            return this;
        }

        /** Its handshake fails at once, on this side. */
        Staged breaks(Error failure) {
            handshakeFailure = failure;
            return this;
        }

        /** Its dials succeed now. */
        public void connect() {
            outcome.complete(this);
        }

        /** Its dials fail now. */
        public void fail(Exception failure) {
            outcome.completeExceptionally(failure);
        }

        public void awaitDialed() throws InterruptedException {
            await(dialed);
        }

        public void awaitInterrupted() throws InterruptedException {
            await(interrupted);
        }

        public void awaitShaking() throws InterruptedException {
            await(shaking);
        }

        public void awaitClosed() throws InterruptedException {
            await(closed);
        }

        public boolean closed() {
            return closed.getCount() == 0;
        }

        public boolean interrupted() {
            return interrupted.getCount() == 0;
        }

        /** How many handshakes were begun on it. */
        public int handshakes() {
            return handshakes.get();
        }

        @Override
        public Endpoint local() {
            return new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public Endpoint remote() {
            return place;
        }

        /** Nobody answers: it lasts until the connection is closed. */
        @Override
        public Connection handshake(HandshakeRequest request) throws IOException, InterruptedException {
            handshakes.incrementAndGet();
            shaking.countDown();
            Error failure = handshakeFailure;
            if (failure != null) {
                throw failure;
            }
            closed.await();
            throw new IOException("closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }

        private Staged outcome() throws IOException, InterruptedException {
            dialed.countDown();
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException e) {
                    if (!deaf) {
                        interrupted.countDown();
                        throw e;
                    }
                } catch (ExecutionException e) {
                    switch (e.getCause()) {
                        case IOException failure -> throw failure;
                        case RuntimeException failure -> throw failure;
                        default -> throw new IllegalStateException(e);
                    }
                }
            }
        }

        private static void await(CountDownLatch latch) throws InterruptedException {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("it did not happen within 30 s");
            }
        }
    }
}
