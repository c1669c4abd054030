package dev.p2p.cli.demo;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeKey;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.cli.node.NodeHome;
import dev.p2p.cli.option.Version;
import dev.p2p.cli.plugin.Plugins;
import dev.p2p.router.Router;
import dev.p2p.router.RouterBuilder;
import dev.p2p.router.RouterLimits;
import dev.p2p.router.plugin.Providers;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The demo's nodes: each complete with key, listener on loopback and store; the first is the only one that the others know. */
final class DemoNetwork implements AutoCloseable {

    /** What the nodes can talk over. */
    static final Set<String> PROTOCOLS = Set.of("tcp", "memory");

    private final List<Router> nodes = new ArrayList<>();
    private final DemoBoard board = new DemoBoard();
    private final SecureRandom random = new SecureRandom();
    private final Plugins plugins;
    private final Providers<TransportProvider> transports;
    private final String protocol;
    private final Path home;

    /** @param protocol one of {@link #PROTOCOLS} */
    DemoNetwork(Plugins plugins, String protocol, Path home) {
        this.plugins = plugins;
        this.transports = Providers.of("transport", plugins.transports(), TransportProvider::name);
        this.protocol = protocol;
        this.home = home;
    }

    /** Starts nodes 1 to {@code count}. */
    void start(int count) throws IOException {
        Optional<NodeAddress> first = Optional.empty();
        for (int number = 1; number <= count; number++) {
            Router node = build(number, count, first);
            nodes.add(node);
            node.start();
            if (first.isEmpty()) {
                first = Optional.of(address(node));
            }
        }
    }

    List<Router> nodes() {
        return nodes;
    }

    DemoBoard board() {
        return board;
    }

    /** The folder of a node's store. */
    Path store(int number) {
        return home(number).peers();
    }

    @Override
    public void close() {
        nodes.reversed().forEach(Router::close);
    }

    private Router build(int number, int count, Optional<NodeAddress> first) {
        NodeHome folder = NodeHome.open(home(number).folder());
        NodeKey key = folder.key(random);
        PeerStoreProvider stores = plugins.stores().require("rocksdb");
        Providers<ReactorProvider> reactors = plugins.reactors();
        RouterBuilder builder = Router.builder(key, "p2p-demo")
                .moniker("node-" + number)
                .version(Version.current())
                .transport(transports.require(protocol))
                .listen(endpoint(key))
                .limits(RouterLimits.STANDARD.withPeers(2 * count, count).withMaxPending(4 * count))
                .reactor(reactors.require("demo"))
                .reactor(reactors.require("pex"))
                .service(DemoBoard.class, board)
                .store(folder.store(stores));
        plugins.streamProtocol().ifPresent(builder::streamProtocol);
        first.ifPresent(builder::persistentPeer);
        return builder.build();
    }

    private NodeHome home(int number) {
        return new NodeHome(home.resolve("node-" + number));
    }

    private Endpoint endpoint(NodeKey key) {
        return switch (protocol) {
            case "tcp" -> new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0);
            case "memory" -> new LocalEndpoint("memory", key.id().toString());
            default -> throw new IllegalArgumentException("one of " + PROTOCOLS + ", not " + protocol);
        };
    }

    private static NodeAddress address(Router node) {
        return switch (node.endpoints().getFirst()) {
            case NetEndpoint net -> NodeAddress.of(node.self().id(), net);
            case LocalEndpoint local -> new NodeAddress(node.self().id(), local.protocol(), "", 0, "");
        };
    }
}
