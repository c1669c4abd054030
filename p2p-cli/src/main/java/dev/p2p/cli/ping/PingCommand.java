package dev.p2p.cli.ping;

import dev.p2p.api.NodeKey;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.Visitor;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Version;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.plugin.Plugins;
import dev.p2p.router.plugin.TransportSet;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p ping}: how far away is it? */
@Command(
        name = "ping",
        description =
                "Measures a node's distance: opening the connection, the handshake, and round trips of the protocol's"
                        + " own keep-alive. Ctrl-C ends a series and prints the summary.",
        header = {
            "Examples:",
            "  p2p ping 127.0.0.1:26656",
            "  p2p ping ID@seed.example.org:26656 -n 0 -i 5s        until Ctrl-C",
            ""
        },
        footer = {
            "",
            "Answers carry no number, so while a ping has none, the next attempts send no other and wait for its answer.",
            "Exit codes: 0 at least one answer, 4 none, 130 a counted series was interrupted (-n 0 ends by Ctrl-C with 0 or 4)."
        })
public final class PingCommand implements Callable<Integer> {

    /** What this project's own nodes take from an honest peer is ten pings a second in the long run. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "ADDR", description = "[ID@]HOST:PORT, or what another transport's protocol understands")
    private String address = "";

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "how many pings, 0 until Ctrl-C; default ${DEFAULT-VALUE}")
    private int count = 4;

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "TIME",
            description = "time between two, at least 100ms; default ${DEFAULT-VALUE}")
    private String interval = "1s";

    @Option(
            names = "--chain-id",
            paramLabel = "NAME",
            description = "the node's network; without it, a first connection asks")
    private Optional<String> network = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", description = "for each answer; default ${DEFAULT-VALUE}")
    private String timeout = "5s";

    @Override
    public Integer call() {
        Duration pause = DurationArgument.parse("--interval", interval);
        if (count < 0 || pause.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--count is at least 0 and --interval at least " + SHORTEST_INTERVAL.toMillis() + "ms");
        }
        Target target = Target.parse(address);
        Duration limit = DurationArgument.parse("--timeout", timeout);
        Plugins plugins = Plugins.load(common.plugins());
        SecureRandom random = new SecureRandom();
        Caller caller = new Caller(NodeKey.generate(random), "p2p-ping", Version.current(), Caller.ALL_CHANNELS);
        try (Interruption interruption = Interruption.listen();
                TransportSet transports =
                        new TransportSet(plugins.transports(), plugins.streamProtocol(), random, Map.of());
                Visitor visitor = new Visitor(transports, caller);
                Pinger pinger = new Pinger(visitor, target, network, limit)) {
            PingSeries series = new PingSeries(count, pause, interruption);
            boolean table = common.output() == OutputFormat.TABLE;
            int code = series.run(pinger::ask, answer -> {
                if (table) {
                    print(answer, pinger, target);
                }
            });
            if (table) {
                spec.commandLine().getOut().println(series.statistics().line());
            } else {
                Json.print(
                        spec.commandLine().getOut(),
                        "ping",
                        PingScreen.fields(target, pinger.id(), series.statistics(), series.answers()));
            }
            spec.commandLine().getOut().flush();
            return interruption.finish(code);
        }
    }

    private void print(PingAnswer answer, Pinger pinger, Target target) {
        var out = spec.commandLine().getOut();
        if (answer.number() == 1) {
            out.println(PingScreen.head(pinger.id(), target));
        }
        out.println(PingScreen.line(answer));
        out.flush();
    }
}
