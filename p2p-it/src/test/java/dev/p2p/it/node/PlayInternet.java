package dev.p2p.it.node;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An internet inside this process: nodes with IP addresses of their own, public ones if they like, whose connections are those of
 * the in-process transport. Nothing leaves the process.
 */
final class PlayInternet {

    private static final int PORT_OF_DIALERS = 40_000;
    private static final int PATIENCE_SECONDS = 30;

    private final MemoryTransportProvider wires = new MemoryTransportProvider(new MemoryNetwork());

    /** Where a dialer's end of a connection is at home; the wires know it by a name only. */
    private final Map<String, CompletableFuture<InetAddress>> homes = new ConcurrentHashMap<>();

    /** The way into this internet for a node that lives at an address. */
    TransportProvider at(InetAddress home) {
        return new TransportProvider() {
            @Override
            public String name() {
                return "tcp";
            }

            @Override
            public Set<String> protocols() {
                return Set.of("tcp");
            }

            @Override
            public Transport create(TransportContext context) {
                return new PlayTransport(home, wires.create(context));
            }
        };
    }

    private CompletableFuture<InetAddress> home(PendingConnection connection, boolean ofDialer) {
        Endpoint dialersEnd = ofDialer ? connection.local() : connection.remote();
        return homes.computeIfAbsent(dialersEnd.toString(), name -> new CompletableFuture<>());
    }

    private static LocalEndpoint wire(Endpoint endpoint) {
        if (endpoint instanceof NetEndpoint net && !net.ip().isAnyLocalAddress()) {
            return new LocalEndpoint(MemoryNetwork.PROTOCOL, net.toString());
        }
        throw new IllegalArgumentException("no place on an internet: " + endpoint);
    }

    private final class PlayTransport implements Transport {

        private final InetAddress home;
        private final Transport wires;

        PlayTransport(InetAddress home, Transport wires) {
            this.home = home;
            this.wires = wires;
        }

        @Override
        public Listener listen(Endpoint endpoint) throws IOException {
            return new PlayListener(endpoint, wires.listen(wire(endpoint)));
        }

        @Override
        public PendingConnection dial(Endpoint endpoint, Duration limit) throws IOException, InterruptedException {
            PendingConnection connection = wires.dial(wire(endpoint), limit);
            home(connection, true).complete(home);
            return new PlayPending(connection, new NetEndpoint("tcp", home, PORT_OF_DIALERS), endpoint);
        }

        @Override
        public void close() {
            wires.close();
        }
    }

    private final class PlayListener implements Listener {

        private final Endpoint place;
        private final Listener wire;

        PlayListener(Endpoint place, Listener wire) {
            this.place = place;
            this.wire = wire;
        }

        @Override
        public Endpoint endpoint() {
            return place;
        }

        @Override
        public PendingConnection accept() throws IOException, InterruptedException {
            PendingConnection connection = wire.accept();
            try {
                InetAddress from = home(connection, false).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return new PlayPending(connection, place, new NetEndpoint("tcp", from, PORT_OF_DIALERS));
            } catch (ExecutionException | TimeoutException e) {
                connection.close();
                throw new IOException("a dialer without a home", e);
            }
        }

        @Override
        public void close() {
            wire.close();
        }
    }

    private record PlayPending(PendingConnection wire, Endpoint local, Endpoint remote) implements PendingConnection {

        @Override
        public Connection handshake(HandshakeRequest request) throws IOException, InterruptedException {
            return wire.handshake(request);
        }

        @Override
        public void close() {
            wire.close();
        }
    }
}
