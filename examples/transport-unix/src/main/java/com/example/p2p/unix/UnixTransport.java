package com.example.p2p.unix;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Side;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the sockets; authentication, encryption and channels are the node's stream protocol. */
final class UnixTransport implements Transport {

    private final TransportContext context;
    private final Set<UnixListener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    UnixTransport(TransportContext context) {
        this.context = context;
    }

    @Override
    public Listener listen(Endpoint endpoint) throws IOException {
        LocalEndpoint place = own(endpoint);
        requireOpen();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address(place));
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + place + ": " + e.getMessage(), e);
        }
        UnixListener listener = new UnixListener(server, place, context);
        listeners.add(listener);
        return listener;
    }

    /** Connecting on one machine takes no time that a limit could cut. */
    @Override
    public PendingConnection dial(Endpoint endpoint, Duration limit) throws IOException {
        LocalEndpoint place = own(endpoint);
        requireOpen();
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.connect(address(place));
        } catch (IOException e) {
            socket.close();
            throw new TransportException(Reason.CONNECTION_REFUSED, "nobody listens on " + place, e);
        }
        LocalEndpoint here = new LocalEndpoint(UnixTransportProvider.PROTOCOL, "unnamed");
        return context.streamProtocol().over(new UnixStream(socket, context.timer()), here, place, Side.DIALER);
    }

    @Override
    public void close() {
        closed = true;
        listeners.forEach(UnixListener::close);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new TransportException(Reason.SHUTDOWN, "the transport is closed");
        }
    }

    private static UnixDomainSocketAddress address(LocalEndpoint place) {
        return UnixDomainSocketAddress.of(Path.of(place.name()));
    }

    private static LocalEndpoint own(Endpoint endpoint) {
        if (endpoint instanceof LocalEndpoint local && local.protocol().equals(UnixTransportProvider.PROTOCOL)) {
            return local;
        }
        throw new IllegalArgumentException("not a Unix socket: " + endpoint);
    }
}
