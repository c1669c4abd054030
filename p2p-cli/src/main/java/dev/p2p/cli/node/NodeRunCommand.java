package dev.p2p.cli.node;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.cli.control.ControlServer;
import dev.p2p.cli.option.AddressArgument;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.OneForm;
import dev.p2p.cli.option.Version;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.StandardOutput;
import dev.p2p.cli.plugin.Plugins;
import dev.p2p.router.Router;
import dev.p2p.router.RouterBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code p2p node run}: a node until Ctrl-C, SIGTERM or its time. */
@Command(name = "run", description = "Runs a node with peer exchange until Ctrl-C, SIGTERM or --for.")
final class NodeRunCommand implements Runnable, OneForm {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--home",
            required = true,
            paramLabel = "DIR",
            description = "the node's folder; made if it is missing")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path home;

    @Option(
            names = "--laddr",
            paramLabel = "ADDR",
            description = "where to listen, port 0 for a free one; default ${DEFAULT-VALUE}")
    private String listen = "tcp://127.0.0.1:0";

    @Mixin
    private PeeringOptions peering = new PeeringOptions();

    @Mixin
    private ReactorOptions reactors = new ReactorOptions();

    @Option(names = "--chain-id", paramLabel = "NAME", description = "the network; default ${DEFAULT-VALUE}")
    private String network = "p2p-local";

    @Option(names = "--moniker", paramLabel = "NAME", description = "the node's name for people; default: of its ID")
    private Optional<String> moniker = Optional.empty();

    @Option(names = "--store", paramLabel = "KIND", description = "rocksdb or memory; default ${DEFAULT-VALUE}")
    private String storeKind = "rocksdb";

    @Option(names = "--for", paramLabel = "TIME", description = "end after this time, such as 30s or 10m")
    private Optional<String> lifetime = Optional.empty();

    @Override
    public void run() {
        common.startLog();
        Endpoint place = AddressArgument.listen(listen);
        Duration limit =
                lifetime.map(text -> DurationArgument.parse("--for", text)).orElse(Duration.ZERO);
        Plugins plugins = Plugins.load(common.plugins()).requireSound();
        requireProtocol(plugins, place);
        PeerStoreProvider storeProvider = storeProvider(plugins);
        Consumer<RouterBuilder> peers = peering.read(plugins);
        Consumer<RouterBuilder> served = reactors.read(plugins, peering.pex());
        NodeHome folder = NodeHome.open(home);
        NodeKey key = folder.key(new SecureRandom());
        RouterBuilder builder = Router.builder(key, network).listen(place).version(Version.current());
        plugins.transports().forEach(builder::transport);
        plugins.streamProtocol().ifPresent(builder::streamProtocol);
        peers.accept(builder);
        served.accept(builder);
        moniker.ifPresent(builder::moniker);
        try (Termination termination = new Termination()) {
            builder.store(folder.store(storeProvider));
            try (Router router = build(builder)) {
                start(router);
                Optional<ControlServer> control = openControl(folder, key.id(), router);
                try {
                    router.endpoints().forEach(endpoint -> announce(key.id(), endpoint));
                    Thread.ofVirtual().start(() -> endWith(router, termination));
                    termination.await(limit);
                } finally {
                    control.ifPresent(ControlServer::close);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A node without a control socket still does its work. */
    private static Optional<ControlServer> openControl(NodeHome home, NodeId self, Router router) {
        try {
            return Optional.of(ControlServer.start(
                    home.folder(),
                    self,
                    router.control(),
                    router.peers(),
                    () -> router.endpoints().stream().map(Object::toString).toList()));
        } catch (IOException | UnsupportedOperationException e) {
            System.getLogger(NodeRunCommand.class.getName())
                    .log(System.Logger.Level.WARNING, "no control socket: p2p status cannot ask this node", e);
            return Optional.empty();
        }
    }

    private PeerStoreProvider storeProvider(Plugins plugins) {
        try {
            return plugins.stores().require(storeKind);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), "p2p node run").causedBy(e);
        }
    }

    private static Router build(RouterBuilder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                            "P2P-NODE-INVALID",
                            ExitCode.BAD_CONFIGURATION,
                            "cannot build the node",
                            String.valueOf(e.getMessage()))
                    .tryThis("p2p node run --help")
                    .causedBy(e);
        }
    }

    private void start(Router router) {
        try {
            router.start();
        } catch (IOException e) {
            throw Failure.of(
                            "P2P-LISTEN-FAILED",
                            ExitCode.FAILED,
                            "cannot start the node on " + listen,
                            String.valueOf(e.getMessage()))
                    .tryThis("choose another port with --laddr, or 0 for a free one")
                    .orThis("find the process that listens there: ss -ltnp")
                    .causedBy(e);
        }
    }

    private static void requireProtocol(Plugins plugins, Endpoint place) {
        boolean served = plugins.transports().stream()
                .anyMatch(transport -> transport.protocols().contains(place.protocol()));
        if (!served) {
            throw Failure.of(
                            "P2P-PROTOCOL-UNKNOWN",
                            ExitCode.USAGE,
                            "cannot listen on " + place,
                            "no transport serves the protocol " + place.protocol())
                    .tryThis("p2p plugins list")
                    .orThis("put the transport's jar into the plug-in folder (--plugins DIR)");
        }
    }

    /** The one line on standard output: the address that others dial. */
    private void announce(NodeId id, Endpoint endpoint) {
        String address = switch (endpoint) {
            case NetEndpoint net -> {
                String text = NodeAddress.of(id, net).toString();
                yield net.protocol().equals(NodeAddress.DEFAULT_PROTOCOL) ? text.substring("tcp://".length()) : text;
            }
            case LocalEndpoint local ->
                local.name().startsWith("/")
                        ? new NodeAddress(id, local.protocol(), "", 0, local.name()).toString()
                        : local.protocol() + ":" + id;
        };
        try {
            spec.commandLine().getOut().println("listening " + address);
        } catch (Failure | StandardOutput.ReaderGoneException e) {
            // Whoever started the node may have gone; its peers have not.
            System.getLogger(NodeRunCommand.class.getName())
                    .log(System.Logger.Level.ERROR, "cannot write to standard output: listening " + address);
        }
    }

    private static void endWith(Router router, Termination termination) {
        try {
            router.awaitClosed();
            termination.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
