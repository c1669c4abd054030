package dev.p2p.cli.node;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.cli.option.AddressArgument;
import dev.p2p.router.RouterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    /** Whether the node exchanges addresses. */
    boolean pex() {
        return pex;
    }

    /** Whether an option makes no sense without peer exchange, and which. */
    Optional<String> withoutPex() {
        return !pex && seedMode ? Optional.of("--seed-mode") : Optional.empty();
    }

    void addPeers(RouterBuilder builder) {
        addresses(persistentPeers).forEach(builder::persistentPeer);
        addresses(seeds).forEach(builder::seed);
        scope.ifPresent(narrowest -> builder.narrowestScope(AddressScope.valueOf(narrowest.name())));
    }

    /** The settings of the {@code pex} reactor. */
    Map<String, String> pexSettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("seed-mode", String.valueOf(seedMode));
        settings.put("private-peers", String.join(",", privatePeers));
        scope.ifPresent(narrowest -> settings.put("narrowest-scope", narrowest.toString()));
        return settings;
    }

    private static List<NodeAddress> addresses(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.isBlank())
                .map(AddressArgument::node)
                .toList();
    }
}
