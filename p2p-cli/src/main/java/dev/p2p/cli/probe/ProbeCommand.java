package dev.p2p.cli.probe;

import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.Interruption;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.Visitor;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p probe}: who answers there? */
@Command(
        name = "probe",
        description =
                "Dials nodes, lets them prove their identity, shows what they tell of themselves and whether they keep"
                        + " this side as a peer, and leaves.",
        header = {
            "Examples:",
            "  p2p probe 127.0.0.1:26656",
            "  p2p probe ID@seed.example.org:26656 --chain-id osmosis-1",
            "  p2p probe --from-file addresses.txt --parallel 32 -o json",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 compatible, 4 no answer, 5 refused or incompatible, 6 another identity, 9 differing results,"
                    + " 130 interrupted; what was found by then is printed."
        })
public final class ProbeCommand implements Callable<Integer> {

    private static final int MOST_PARALLEL = 1_024;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "ADDR",
            description = "[ID@]HOST:PORT, or what another transport's protocol understands")
    private List<String> addresses = new ArrayList<>();

    @Option(
            names = "--from-file",
            paramLabel = "FILE",
            description = "more addresses, one a line; # begins a comment, - is standard input")
    private Optional<String> file = Optional.empty();

    @Option(names = "--parallel", paramLabel = "N", description = "probes at a time; default ${DEFAULT-VALUE}")
    private int parallel = 8;

    @Option(names = "--expect-id", paramLabel = "ID", description = "the node ID that must answer")
    private Optional<String> expectedId = Optional.empty();

    @Option(
            names = "--chain-id",
            paramLabel = "NAME",
            description = "the network that the node must belong to; without it, each node's own is taken over")
    private Optional<String> network = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", description = "for each address; default ${DEFAULT-VALUE}")
    private String timeout = "10s";

    @Override
    public Integer call() throws InterruptedException {
        List<Target> targets = targets();
        Plugins plugins = Plugins.load(common.plugins());
        SecureRandom random = new SecureRandom();
        Caller caller = new Caller(NodeKey.generate(random), "p2p-probe", Version.current(), Caller.ALL_CHANNELS);
        try (Interruption interruption = Interruption.listen();
                TransportSet transports =
                        new TransportSet(plugins.transports(), plugins.streamProtocol(), random, Map.of());
                Visitor visitor = new Visitor(transports, caller)) {
            Prober prober = new Prober(visitor, network, DurationArgument.parse("--timeout", timeout));
            int code = report(targets, new ProbePool(prober, parallel), interruption);
            return interruption.finish(code);
        }
    }

    private List<Target> targets() {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new ParameterException(spec.commandLine(), "--parallel is 1 to " + MOST_PARALLEL);
        }
        Optional<NodeId> expected = expectedId.map(ProbeCommand::parseId);
        List<Target> targets =
                new ArrayList<>(addresses.stream().map(Target::parse).toList());
        file.ifPresent(name -> targets.addAll(TargetList.read(name, System.in)));
        if (targets.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there is no address to probe");
        }
        return targets.stream()
                .map(target -> target.expecting(expected.or(target::expected)))
                .toList();
    }

    private int report(List<Target> targets, ProbePool pool, Interruption interruption) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Map<String, Object>> items = new ArrayList<>();
        List<String> verdicts = new ArrayList<>();
        Set<Integer> codes = new TreeSet<>();
        pool.probe(targets, interruption, finding -> {
            codes.add(Diagnosis.exitCode(finding));
            verdicts.add(finding.verdict());
            if (common.output() == OutputFormat.JSON) {
                items.add(ProbeScreen.fields(finding));
            } else {
                ProbeScreen.print(out, finding, network);
                out.print(targets.size() > 1 ? System.lineSeparator() : "");
                out.flush();
            }
        });
        if (common.output() == OutputFormat.JSON) {
            Json.printList(out, "probe", items);
        } else if (targets.size() > 1) {
            out.println(ProbeScreen.summary(verdicts));
        }
        if (verdicts.size() < targets.size()) {
            spec.commandLine()
                    .getErr()
                    .println("interrupted: " + verdicts.size() + " of " + targets.size() + " probed");
            return Interruption.EXIT_CODE;
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
