package com.example.p2p.unix;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Side;
import dev.p2p.api.transport.TransportContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bound socket. Its file goes when it is closed. */
final class UnixListener implements Listener {

    private final ServerSocketChannel server;
    private final LocalEndpoint place;
    private final TransportContext context;

    UnixListener(ServerSocketChannel server, LocalEndpoint place, TransportContext context) {
        this.server = server;
        this.place = place;
        this.context = context;
    }

    @Override
    public Endpoint endpoint() {
        return place;
    }

    @Override
    public PendingConnection accept() throws IOException {
        try {
            SocketChannel socket = server.accept();
            LocalEndpoint there = new LocalEndpoint(UnixTransportProvider.PROTOCOL, "unnamed");
            return context.streamProtocol().over(new UnixStream(socket, context.timer()), place, there, Side.ACCEPTOR);
        } catch (ClosedChannelException e) {
            throw new ListenerClosedException();
        }
    }

    @Override
    public void close() {
        if (!server.isOpen()) {
            return;
        }
        try {
            server.close();
            Files.deleteIfExists(Path.of(place.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
