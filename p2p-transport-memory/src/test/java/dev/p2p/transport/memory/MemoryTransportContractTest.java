package dev.p2p.transport.memory;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.testkit.transport.TransportContract;
import java.util.Optional;
import java.util.UUID;

/** The in-process network keeps every rule of the contract. */
class MemoryTransportContractTest implements TransportContract {

    private final TransportProvider provider = new MemoryTransportProvider();

    @Override
    public TransportProvider provider() {
        return provider;
    }

    @Override
    public Endpoint listenEndpoint() {
        return new LocalEndpoint("memory", UUID.randomUUID().toString());
    }

    @Override
    public Optional<StreamProtocolProvider> streamProtocol() {
        return Optional.empty();
    }

    @Override
    public boolean encrypts() {
        return false;
    }
}
