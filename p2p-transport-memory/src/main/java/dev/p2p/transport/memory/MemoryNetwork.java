package dev.p2p.transport.memory;

import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Who listens under which name. Safe to use from every thread. */
public final class MemoryNetwork {

    /** The protocol of this network's endpoints. */
    public static final String PROTOCOL = "memory";

    private final Map<String, MemoryListener> listeners = new ConcurrentHashMap<>();
    private final AtomicLong dialers = new AtomicLong();

    /** A network with nobody on it. */
    public MemoryNetwork() {}

    void register(String name, MemoryListener listener) throws IOException {
        if (listeners.putIfAbsent(name, listener) != null) {
            throw new IOException("cannot listen on " + PROTOCOL + ":" + name + ": the name is in use");
        }
    }

    void unregister(String name, MemoryListener listener) {
        listeners.remove(name, listener);
    }

    /** Makes a connection to whoever listens there, and returns the dialer's end. */
    MemoryPendingConnection connect(LocalEndpoint place, MemoryTransport dialer) throws TransportException {
        MemoryListener listener = listeners.get(place.name());
        LocalEndpoint from = new LocalEndpoint(PROTOCOL, "dialer-" + dialers.incrementAndGet());
        Pipe toAcceptor = new Pipe();
        Pipe toDialer = new Pipe();
        MemoryPendingConnection accepted = new MemoryPendingConnection(
                toDialer, toAcceptor, place, from, listener == null ? dialer : listener.transport());
        if (listener == null || !listener.offer(accepted)) {
            throw new TransportException(Reason.CONNECTION_REFUSED, "nobody listens on " + place);
        }
        return new MemoryPendingConnection(toAcceptor, toDialer, from, place, dialer);
    }
}
