package dev.p2p.cli.node;

import dev.p2p.api.ChannelId;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.plugin.Plugins;
import dev.p2p.router.RouterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Options of a node about what it serves besides peer exchange. */
final class ReactorOptions {

    private static final ChannelId PEX_CHANNEL = new ChannelId(0x00);
    private static final String EXAMPLE = "p2p node run --reactor echo:size=64,pause-ms=10";

    @Option(
            names = "--reactor",
            paramLabel = "NAME[:KEY=VALUE,...]",
            description = "a reactor of a plug-in to run, with its settings; may be given several times")
    private List<String> reactors = new ArrayList<>();

    @Option(
            names = "--channels",
            split = ",",
            paramLabel = "HEX",
            description = "channels to list and receive on, whatever comes is dropped, such as 00,20;"
                    + " a node without peer exchange accepts only peers that list one of its own")
    private List<String> channels = new ArrayList<>();

    /**
     * Reads the options, and says what a node is to be given for them.
     *
     * @param pex whether channel 00 is served already
     * @throws Failure if one of them is wrong
     */
    Consumer<RouterBuilder> read(Plugins plugins, boolean pex) {
        Map<ReactorProvider, Map<String, String>> chosen = new LinkedHashMap<>();
        for (String text : reactors) {
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            chosen.put(provider(plugins, name), settings(text, colon < 0 ? "" : text.substring(colon + 1)));
        }
        List<ChannelId> dropped = channels.stream()
                .map(ReactorOptions::channel)
                .filter(channel -> !pex || !channel.equals(PEX_CHANNEL))
                .distinct()
                .toList();
        return builder -> {
            chosen.forEach(builder::reactor);
            if (!dropped.isEmpty()) {
                builder.reactor(new DroppingReactorProvider(dropped));
            }
        };
    }

    private static ReactorProvider provider(Plugins plugins, String name) {
        try {
            return plugins.reactors().require(name);
        } catch (IllegalArgumentException e) {
            throw invalid("--reactor " + name, String.valueOf(e.getMessage()))
                    .tryThis("p2p plugins list")
                    .causedBy(e);
        }
    }

    private static Map<String, String> settings(String whole, String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                settings.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            } else if (!pair.isBlank()) {
                throw invalid("--reactor " + whole, "\"" + pair + "\" is not KEY=VALUE")
                        .tryThis(EXAMPLE);
            }
        }
        return settings;
    }

    private static ChannelId channel(String text) {
        try {
            return new ChannelId(Integer.parseInt(text.strip(), 16));
        } catch (IllegalArgumentException e) {
            throw invalid("--channels " + text, "a channel is two hex digits, 00 to ff")
                    .tryThis("p2p node run --channels 00,20")
                    .causedBy(e);
        }
    }

    private static Failure invalid(String what, String cause) {
        return Failure.of("P2P-OPTION-INVALID", ExitCode.USAGE, "cannot use " + what, cause);
    }
}
