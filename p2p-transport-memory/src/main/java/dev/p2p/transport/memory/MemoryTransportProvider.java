package dev.p2p.transport.memory;

import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportProvider;
import java.util.Set;

/**
 * Publishes {@code memory}. Each provider object is a network of its own: nodes that are built with the same provider reach each
 * other, and nobody else does.
 */
public final class MemoryTransportProvider implements TransportProvider {

    private final MemoryNetwork network;

    /** A provider with a new network; the constructor for {@link java.util.ServiceLoader}. */
    public MemoryTransportProvider() {
        this(new MemoryNetwork());
    }

    /** A provider for an existing network. */
    public MemoryTransportProvider(MemoryNetwork network) {
        this.network = network;
    }

    @Override
    public String name() {
        return MemoryNetwork.PROTOCOL;
    }

    @Override
    public Set<String> protocols() {
        return Set.of(MemoryNetwork.PROTOCOL);
    }

    @Override
    public Transport create(TransportContext context) {
        return new MemoryTransport(network, context);
    }
}
