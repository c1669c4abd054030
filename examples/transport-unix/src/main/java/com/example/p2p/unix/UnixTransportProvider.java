package com.example.p2p.unix;

import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportProvider;
import java.util.Set;

/** Publishes the protocol {@code unix}: {@code unix:///run/node.sock} to listen, {@code unix://ID@/run/node.sock} to dial. */
public final class UnixTransportProvider implements TransportProvider {

    static final String PROTOCOL = "unix";

    @Override
    public String name() {
        return "unix";
    }

    @Override
    public Set<String> protocols() {
        return Set.of(PROTOCOL);
    }

    @Override
    public Transport create(TransportContext context) {
        return new UnixTransport(context);
    }
}
