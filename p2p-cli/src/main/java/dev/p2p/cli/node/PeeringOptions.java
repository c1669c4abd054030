package dev.p2p.cli.node;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.cli.option.AddressArgument;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.plugin.Plugins;
import dev.p2p.router.RouterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options of a node about its peers: whom it knows, and how it exchanges addresses. */
final class PeeringOptions {

    /** Whom addresses are kept from, in the words of the command line. */
    enum Scope {
        LOOPBACK,
        PRIVATE,
        PUBLIC;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--persistent-peers",
            split = ",",
            paramLabel = "ID@HOST:PORT",
            description = "peers to stay connected to, separated by commas")
    private List<String> persistentPeers = new ArrayList<>();

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "ID@HOST:PORT",
            description = "peers to begin with: dialed, asked for others, and then peers like any other")
    private List<String> seeds = new ArrayList<>();

    @Option(
            names = "--private-peers",
            split = ",",
            paramLabel = "ID",
            description = "peers that nobody is told of, separated by commas")
    private List<String> privatePeers = new ArrayList<>();

    @Option(
            names = "--pex",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "exchange addresses with peers (channel 00); default: yes")
    private boolean pex = true;

    @Option(
            names = "--seed-mode",
            description = "only hand out addresses: let peers go that have been answered or visited")
    private boolean seedMode;

    @Option(
            names = "--addr-scope",
            paramLabel = "SCOPE",
            description = "the narrowest addresses to learn and tell: loopback, private or public;"
                    + " default: those that this node and the peer can both reach")
    private Optional<Scope> scope = Optional.empty();

    @Option(names = "--low-ports", description = "learn addresses with ports below 1024 from peers too")
    private boolean lowPorts;

    /** Whether the node exchanges addresses. */
    boolean pex() {
        return pex;
    }

    /**
     * Reads the options, and says what a node is to be given for them.
     *
     * @throws Failure if one of them is wrong
     */
    Consumer<RouterBuilder> read(Plugins plugins) {
        if (seedMode && !pex) {
            throw Failure.usage("--seed-mode needs peer exchange, which --no-pex turns off", "p2p node run");
        }
        List<NodeAddress> persistent = addresses(persistentPeers);
        List<NodeAddress> begin = addresses(seeds);
        Optional<ReactorProvider> reactor = pex ? Optional.of(plugins.reactors().require("pex")) : Optional.empty();
        Map<String, String> settings = pexSettings();
        return builder -> {
            persistent.forEach(builder::persistentPeer);
            begin.forEach(builder::seed);
            scope.ifPresent(narrowest -> builder.narrowestScope(AddressScope.valueOf(narrowest.name())));
            if (lowPorts) {
                builder.lowestPort(1);
            }
            reactor.ifPresent(provider -> builder.reactor(provider, settings));
        };
    }

    private Map<String, String> pexSettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("seed-mode", String.valueOf(seedMode));
        settings.put(
                "private-peers",
                privatePeers.stream()
                        .filter(text -> !text.isBlank())
                        .map(PeeringOptions::id)
                        .map(NodeId::toString)
                        .collect(Collectors.joining(",")));
        scope.ifPresent(narrowest -> settings.put("narrowest-scope", narrowest.toString()));
        return settings;
    }

    private static NodeId id(String text) {
        try {
            return NodeId.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                            "P2P-ID-INVALID",
                            ExitCode.USAGE,
                            "cannot use --private-peers " + text,
                            String.valueOf(e.getMessage()))
                    .tryThis("write each node ID with its 40 hex digits, and commas between")
                    .causedBy(e);
        }
    }

    private static List<NodeAddress> addresses(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.isBlank())
                .map(AddressArgument::node)
                .toList();
    }
}
