package dev.p2p.cli.probe;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Version;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.plugin.Plugins;
import dev.p2p.router.plugin.TransportSet;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p probe}: who answers there? */
@Command(
        name = "probe",
        description = "Dials nodes, lets them prove their identity, shows what they tell of themselves, and leaves.",
        footer = {
            "",
            "Exit codes: 0 compatible, 4 no answer, 5 refused or incompatible, 6 another identity, 9 differing results."
        })
public final class ProbeCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "ADDR", description = "[ID@]HOST:PORT")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--expect-id", paramLabel = "ID", description = "the node ID that must answer")
    private Optional<String> expectedId = Optional.empty();

    @Option(names = "--chain-id", paramLabel = "NAME", description = "the network that the node must belong to")
    private Optional<String> network = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", description = "for each address; default ${DEFAULT-VALUE}")
    private String timeout = "10s";

    @Override
    public Integer call() throws InterruptedException {
        Optional<NodeId> expected = expectedId.map(ProbeCommand::parseId);
        List<Target> targets = addresses.stream()
                .map(Target::parse)
                .map(target -> new Target(target.text(), target.place(), expected.or(target::expected)))
                .toList();
        Plugins plugins = Plugins.load(common.plugins());
        SecureRandom random = new SecureRandom();
        PrintWriter out = spec.commandLine().getOut();
        List<Map<String, Object>> items = new ArrayList<>();
        Set<Integer> codes = new TreeSet<>();
        try (TransportSet transports =
                new TransportSet(plugins.transports(), plugins.streamProtocol(), random, Map.of())) {
            Prober prober = new Prober(
                    transports.find(NodeAddress.DEFAULT_PROTOCOL).orElseThrow(),
                    NodeKey.generate(random),
                    network,
                    Version.current(),
                    DurationArgument.parse("--timeout", timeout));
            for (Target target : targets) {
                Finding finding = prober.probe(target);
                codes.add(finding.exitCode());
                items.add(ProbeScreen.fields(finding));
                if (common.output() == OutputFormat.TABLE) {
                    ProbeScreen.print(out, finding, network);
                    out.print(items.size() < targets.size() ? System.lineSeparator() : "");
                    out.flush();
                }
            }
        }
        if (common.output() == OutputFormat.JSON) {
            Json.printList(out, "probe", items);
        }
        return codes.size() == 1 ? codes.iterator().next() : ExitCode.PARTLY;
    }

    private static NodeId parseId(String text) {
        try {
            return NodeId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                            "P2P-ID-INVALID",
                            ExitCode.USAGE,
                            "cannot use --expect-id " + text,
                            String.valueOf(e.getMessage()))
                    .tryThis("write the node ID with its 40 hex digits")
                    .causedBy(e);
        }
    }
}
