package dev.p2p.transport.tcp.internal.socket;

import dev.p2p.api.Endpoint;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;

/** One bound socket. */
final class TcpListener implements Listener {

    private final TcpTransport transport;
    private final ServerSocketChannel server;
    private final Endpoint endpoint;

    TcpListener(TcpTransport transport, ServerSocketChannel server) throws IOException {
        this.transport = transport;
        this.server = server;
        this.endpoint = TcpTransport.endpoint(server.getLocalAddress());
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public PendingConnection accept() throws IOException, InterruptedException {
        try {
            return transport.accepted(server.accept());
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException("accepting was interrupted");
        } catch (ClosedChannelException e) {
            if (server.isOpen()) {
                throw e;
            }
            throw new ListenerClosedException();
        }
    }

    @Override
    public void close() {
        transport.forget(this);
        TcpTransport.closeQuietly(server);
    }
}
