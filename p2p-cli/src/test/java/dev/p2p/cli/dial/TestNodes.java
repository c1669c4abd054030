package dev.p2p.cli.dial;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.cli.plugin.Plugins;
import dev.p2p.router.Router;
import dev.p2p.router.RouterBuilder;
import dev.p2p.router.plugin.TransportSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/** Nodes on loopback, good and bad ones, for the length of a test. */
public final class TestNodes implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Plugins plugins = Plugins.load(Optional.empty());
    private final SecureRandom random = new SecureRandom();
    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

    /** Talks to whoever connected, in whatever way. */
    @FunctionalInterface
    public interface Talk {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    /** What a scripted node does once it has shaken hands. */
    @FunctionalInterface
    public interface Afterwards {
        void with(Connection connection) throws IOException, InterruptedException;
    }

    /** A complete node with peer exchange. */
    public Router node(NodeKey key, String network) throws IOException {
        return node(key, network, builder -> {});
    }

    /** A complete node with peer exchange, and something special about it. */
    public Router node(NodeKey key, String network, Consumer<RouterBuilder> special) throws IOException {
        RouterBuilder builder = Router.builder(key, network)
                .moniker("node-" + key.id().shortText())
                .version("1.2.3")
                .listen(loopback());
        plugins.transports().forEach(builder::transport);
        plugins.streamProtocol().ifPresent(builder::streamProtocol);
        special.accept(builder);
        Router router = builder.reactor(plugins.reactors().require("pex")).build();
        open.push(router);
        router.start();
        return router;
    }

    /** A node that shakes hands and then does as told. Returns where it listens, as {@code HOST:PORT}. */
    public String scripted(NodeKey key, NodeInfo info, Afterwards afterwards) throws IOException {
        TransportSet transports = new TransportSet(plugins.transports(), plugins.streamProtocol(), random, Map.of());
        open.push(transports);
        Listener listener = transports.find("tcp").orElseThrow().listen(loopback());
        open.push(listener);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    PendingConnection pending = listener.accept();
                    Thread.ofVirtual().start(() -> shake(pending, key, info, afterwards));
                }
            } catch (IOException | InterruptedException e) {
                // The test is over.
            }
        });
        return place((NetEndpoint) listener.endpoint());
    }

    /** A plain TCP server. Returns where it listens. */
    public String server(Talk talk) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.push(server);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    open.push(socket);
                    Thread.ofVirtual().start(() -> talk(talk, socket));
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** A port on which nobody listens, and nobody else will: it is taken, so that the kernel refuses. */
    public String deadPlace() throws IOException {
        Socket taken = new Socket();
        open.push(taken);
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return "127.0.0.1:" + taken.getLocalPort();
    }

    /** Where a node listens, as {@code HOST:PORT}. */
    public static String place(Router node) {
        return place((NetEndpoint) node.endpoints().getFirst());
    }

    /** A key that is the same in every run. */
    public static NodeKey key(int number) {
        byte[] seed = new byte[NodeKey.SEED_BYTES];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        return NodeKey.ofSeed(seed);
    }

    public Plugins plugins() {
        return plugins;
    }

    @Override
    public void close() {
        Deque<AutoCloseable> all = new ArrayDeque<>(open);
        while (!all.isEmpty()) {
            close(all.pop());
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("a node of the test did not close", e);
        }
    }

    private static void shake(PendingConnection pending, NodeKey key, NodeInfo info, Afterwards afterwards) {
        try (Connection connection = pending.handshake(new HandshakeRequest(key, info, Optional.empty(), LIMIT))) {
            afterwards.with(connection);
        } catch (IOException | InterruptedException e) {
            // The other side left.
        }
    }

    private static void talk(Talk talk, Socket socket) {
        try (socket) {
            talk.with(socket);
        } catch (IOException | InterruptedException e) {
            // The other side left.
        }
    }

    private static Endpoint loopback() {
        return new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0);
    }

    private static String place(NetEndpoint endpoint) {
        return endpoint.ip().getHostAddress() + ":" + endpoint.port();
    }
}
