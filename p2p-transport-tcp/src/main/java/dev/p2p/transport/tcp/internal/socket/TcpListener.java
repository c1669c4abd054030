package dev.p2p.transport.tcp.internal.socket;

import dev.p2p.api.Endpoint;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One bound socket. */
final class TcpListener implements Listener {

    private static final System.Logger LOG = System.getLogger(TcpListener.class.getName());

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

    /** Whoever has gone before its socket was set up is passed over: that is no trouble of this listener. */
    @Override
    public PendingConnection accept() throws IOException, InterruptedException {
        while (true) {
            SocketChannel socket = next();
            try {
                return transport.accepted(socket);
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "whoever connected to " + endpoint + " has gone already", e);
            }
        }
    }

    private SocketChannel next() throws IOException, InterruptedException {
        try {
            return server.accept();
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
