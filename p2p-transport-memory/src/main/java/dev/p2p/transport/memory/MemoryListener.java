package dev.p2p.transport.memory;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import java.util.ArrayDeque;

/** A name that can be dialed, with a bounded queue of those who did. */
final class MemoryListener implements Listener {

    /** As many as a TCP listener's kernel would hold. */
    private static final int BACKLOG = 128;

    private final MemoryNetwork network;
    private final LocalEndpoint place;
    private final MemoryTransport transport;
    private final ArrayDeque<MemoryPendingConnection> waiting = new ArrayDeque<>();
    private boolean closed;

    MemoryListener(MemoryNetwork network, LocalEndpoint place, MemoryTransport transport) {
        this.network = network;
        this.place = place;
        this.transport = transport;
    }

    @Override
    public Endpoint endpoint() {
        return place;
    }

    @Override
    public synchronized PendingConnection accept() throws ListenerClosedException, InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            throw new ListenerClosedException();
        }
        return waiting.removeFirst();
    }

    @Override
    public void close() {
        network.unregister(place.name(), this);
        transport.forget(this);
        synchronized (this) {
            closed = true;
            waiting.forEach(MemoryPendingConnection::close);
            waiting.clear();
            notifyAll();
        }
    }

    MemoryTransport transport() {
        return transport;
    }

    /** Adds a connection unless the listener is closed or too many wait. */
    synchronized boolean offer(MemoryPendingConnection connection) {
        if (closed || waiting.size() == BACKLOG) {
            return false;
        }
        waiting.addLast(connection);
        notifyAll();
        return true;
    }
}
