package dev.p2p.transport.tcp;

import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.transport.tcp.internal.socket.TcpTransport;
import java.util.Set;

/** Publishes TCP as {@code tcp}. What travels on it is the node's stream protocol. */
public final class TcpTransportProvider implements TransportProvider {

    @Override
    public String name() {
        return TcpTransport.PROTOCOL;
    }

    @Override
    public Set<String> protocols() {
        return Set.of(TcpTransport.PROTOCOL);
    }

    @Override
    public Transport create(TransportContext context) {
        return new TcpTransport(context);
    }
}
