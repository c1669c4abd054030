package dev.p2p.transport.memory;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One node's way into a {@link MemoryNetwork}. */
final class MemoryTransport implements Transport {

    private final MemoryNetwork network;
    private final TransportContext context;
    private final Set<MemoryListener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    MemoryTransport(MemoryNetwork network, TransportContext context) {
        this.network = network;
        this.context = context;
    }

    @Override
    public Listener listen(Endpoint endpoint) throws IOException {
        LocalEndpoint place = own(endpoint);
        requireOpen();
        MemoryListener listener = new MemoryListener(network, place, this);
        network.register(place.name(), listener);
        listeners.add(listener);
        return listener;
    }

    @Override
    public PendingConnection dial(Endpoint endpoint, Duration limit) throws IOException, InterruptedException {
        LocalEndpoint place = own(endpoint);
        requireOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException("the dial was interrupted");
        }
        return network.connect(place, this);
    }

    @Override
    public void close() {
        closed = true;
        listeners.forEach(MemoryListener::close);
    }

    SecureRandom random() {
        return context.random();
    }

    void forget(MemoryListener listener) {
        listeners.remove(listener);
    }

    private void requireOpen() throws TransportException {
        if (closed) {
            throw new TransportException(Reason.SHUTDOWN, "the transport is closed");
        }
    }

    private static LocalEndpoint own(Endpoint endpoint) {
        if (endpoint instanceof LocalEndpoint local && local.protocol().equals(MemoryNetwork.PROTOCOL)) {
            return local;
        }
        throw new IllegalArgumentException("not an endpoint of the in-process network: " + endpoint);
    }
}
