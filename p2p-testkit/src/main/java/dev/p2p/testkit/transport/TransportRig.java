package dev.p2p.testkit.transport;

import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Two nodes of one transport, one that listens and one that dials, for the length of a test. Closing the rig closes
 * everything that was opened through it, in reverse order, and ends its workers. One thread uses it, except for
 * {@link #keep}.
 */
public final class TransportRig implements AutoCloseable {

    private final TransportSubject subject;
    private final Workers workers;
    private final List<TestTransportContext> contexts = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
    private final Transport dialing;
    private final Transport accepting;
    private final Listener listener;

    /**
     * Makes both transports and starts to listen.
     *
     * @throws IOException if the place that the subject named cannot be listened on
     */
    public TransportRig(TransportSubject subject) throws IOException {
        this.subject = subject;
        this.workers = new Workers(subject.patience());
        this.dialing = transport();
        this.accepting = transport();
        this.listener = keep(accepting.listen(subject.listenEndpoint()));
    }

    /** The transport of the node that dials. */
    public Transport dialing() {
        return dialing;
    }

    /** The transport of the node that accepts. */
    public Transport accepting() {
        return accepting;
    }

    /** Where the accepting node listens. */
    public Listener listener() {
        return listener;
    }

    /** For whatever may block. */
    public Workers workers() {
        return workers;
    }

    /** How long anything that has to happen may take. */
    public Duration patience() {
        return subject.patience();
    }

    /** One more node's transport, with a context of its own. */
    public Transport transport() {
        TestTransportContext context = new TestTransportContext(subject.settings(), subject.streamProtocol());
        contexts.add(context);
        return keep(subject.provider().create(context));
    }

    /** Closes something when the rig is closed. Any thread. */
    public <C extends AutoCloseable> C keep(C resource) {
        open.push(resource);
        return resource;
    }

    /** A connection from the one to the other that has not shaken hands. */
    public BothSides<PendingConnection> meet() {
        Worker<PendingConnection> accepted = workers.start("accept", listener::accept);
        Worker<PendingConnection> dialed =
                workers.start("dial", () -> dialing.dial(listener.endpoint(), subject.patience()));
        return new BothSides<>(keep(dialed.result()), keep(accepted.result()));
    }

    /** Starts both sides' handshakes. */
    public BothSides<Worker<Connection>> shakeHands(
            BothSides<PendingConnection> pending, HandshakeRequest dialer, HandshakeRequest acceptor) {
        return new BothSides<>(
                workers.start("handshake-dialer", () -> pending.dialer().handshake(dialer)),
                workers.start("handshake-acceptor", () -> pending.acceptor().handshake(acceptor)));
    }

    /** A complete connection between two nodes. */
    public BothSides<Connection> connect(TestNode dialer, TestNode acceptor) {
        BothSides<Worker<Connection>> shaking = shakeHands(
                meet(), dialer.request(acceptor.id(), subject.patience()), acceptor.request(subject.patience()));
        return new BothSides<>(
                keep(shaking.dialer().result()), keep(shaking.acceptor().result()));
    }

    /** A complete connection between the nodes 1 and 2. */
    public BothSides<Connection> connect() {
        return connect(TestNode.of(1), TestNode.of(2));
    }

    /** How many tasks the transports left on their nodes' timers. */
    public int pendingTimerTasks() {
        return contexts.stream().mapToInt(TestTransportContext::pendingTasks).sum();
    }

    /**
     * Closes everything that was opened through the rig.
     *
     * @throws AssertionError if something fails to close, or a worker does not end
     */
    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        workers.close();
        contexts.forEach(TestTransportContext::close);
        if (!failures.isEmpty()) {
            throw new AssertionError("closing failed: " + failures, failures.getFirst());
        }
    }
}
