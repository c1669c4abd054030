package dev.p2p.cli;

import dev.p2p.cli.addrbook.AddrbookCommand;
import dev.p2p.cli.completion.CompletionCommand;
import dev.p2p.cli.completion.ManualCommand;
import dev.p2p.cli.crawl.CrawlCommand;
import dev.p2p.cli.demo.DemoCommand;
import dev.p2p.cli.events.EventsCommand;
import dev.p2p.cli.key.KeysCommand;
import dev.p2p.cli.node.NodeCommand;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.AsciiWriter;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.StandardOutput;
import dev.p2p.cli.peers.PeersCommand;
import dev.p2p.cli.ping.PingCommand;
import dev.p2p.cli.plugin.PluginsCommand;
import dev.p2p.cli.probe.ProbeCommand;
import dev.p2p.cli.status.StatusCommand;
import dev.p2p.cli.tree.CommandTree;
import dev.p2p.cli.tree.Group;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the command line, runs a command and turns failures into four lines and an exit code. */
@Command(
        name = "p2p",
        description = "Runs and inspects peer-to-peer nodes that speak CometBFT's wire protocol.",
        header = {
            "Examples:",
            "  p2p demo                                  eight nodes that find each other",
            "  p2p probe 127.0.0.1:26656                 who answers there?",
            "  p2p crawl --start 127.0.0.1:26656 --out ./crawl    who is out there?",
            "  p2p node run --home ./node                run a node",
            "  p2p peers list --db ./node/data/peers     what does a stopped node remember?",
            ""
        },
        mixinStandardHelpOptions = false)
public final class Main extends Group {

    private static final List<String> NAMES = List.of(
            "demo",
            "node",
            "status",
            "peers",
            "events",
            "addrbook",
            "probe",
            "ping",
            "crawl",
            "keys",
            "plugins",
            "completion",
            "manual",
            "version",
            "help");

    private final Surroundings around;

    Main(Surroundings around) {
        this.around = around;
    }

    public static void main(String[] args) {
        System.exit(run(args, StandardOutput.ofProcess(), new PrintWriter(System.err, true)));
    }

    /** Runs a command line. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        return run(args, out, err, Surroundings.ofProcess());
    }

    /** Runs a command line in surroundings of the caller's choice. */
    static int run(String[] args, PrintWriter out, PrintWriter err, Surroundings around) {
        CommandLine line = CommandTree.forWords(new Main(around), List.of(args))
                .setOut(out)
                .setErr(err)
                .registerConverter(Path.class, Main::path)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failed)
                .setExecutionStrategy(Main::runLast);
        try {
            int code = line.execute(args);
            out.flush();
            return code;
        } catch (Failure | StandardOutput.ReaderGoneException e) {
            // The last of a result that cannot be written.
            return ended(e, err);
        }
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public Object command(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "node" -> new NodeCommand();
            case "peers" -> new PeersCommand(around);
            case "addrbook" -> new AddrbookCommand(around);
            case "status" -> new StatusCommand(around);
            case "events" -> new EventsCommand(around);
            case "probe" -> new ProbeCommand();
            case "ping" -> new PingCommand();
            case "crawl" -> new CrawlCommand();
            case "keys" -> new KeysCommand();
            case "plugins" -> new PluginsCommand();
            case "completion" -> new CompletionCommand(() -> new Main(around));
            case "manual" -> new ManualCommand(() -> new Main(around));
            case "version" -> new VersionCommand();
            case "help" -> new CommandLine.HelpCommand();
            default -> throw unknown(name);
        };
    }

    @Override
    public void run() {
        throw missing("a command is missing");
    }

    /** No name is what a shell makes of a variable that is not set, and not the current folder. */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new CommandLine.TypeConversionException(
                    "a name of a file or folder is missing; . is the current folder");
        }
        return Path.of(text);
    }

    private static int runLast(CommandLine.ParseResult parsed) {
        CommandLine last = parsed.asCommandLineList().getLast();
        if (CommonOptions.ascii(last)) {
            last.setOut(new PrintWriter(new AsciiWriter(last.getOut()), true));
            last.setErr(new PrintWriter(new AsciiWriter(last.getErr()), true));
        }
        try {
            if (!last.isUsageHelpRequested()) {
                CommonOptions.requireFormat(last);
            }
            return new CommandLine.RunLast().execute(parsed);
        } catch (Failure | StandardOutput.ReaderGoneException e) {
            // Of a help text: what a command throws goes to the handler.
            return ended(e, last.getErr());
        }
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        ParameterException problem = unknownBeforeMissing(e);
        Failure failure = Failure.usage(String.valueOf(problem.getMessage()), name);
        String generalHelp = name.equals("p2p") ? "p2p demo   shows the platform at work" : "p2p --help";
        failure = suggestion(problem, name)
                .map(failure::tryThis)
                .orElse(failure.tryThis(name + " --help").orThis(generalHelp));
        failure.print(command.getErr());
        return failure.exitCode();
    }

    /** A word that is not known explains best why another one is missing: it was meant to be that one. */
    private static ParameterException unknownBeforeMissing(ParameterException e) {
        List<String> unknown = e.getCommandLine().getUnmatchedArguments();
        return e instanceof MissingParameterException && !unknown.isEmpty()
                ? new UnmatchedArgumentException(e.getCommandLine(), unknown)
                : e;
    }

    private static Optional<String> suggestion(ParameterException e, String name) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        if (unmatched.getUnmatched().contains("--version")) {
            return Optional.of("p2p version");
        }
        return unmatched.getSuggestions().stream().findFirst().map(word -> name + " " + word);
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        int code = ended(e, command.getErr());
        if (CommonOptions.verbose(command)) {
            e.printStackTrace(command.getErr());
        }
        return code;
    }

    private static int ended(Exception e, PrintWriter err) {
        if (e instanceof StandardOutput.ReaderGoneException) {
            return ExitCode.READER_GONE;
        }
        Failure failure = e instanceof Failure known ? known : Failure.unexpected(e);
        failure.print(err);
        return failure.exitCode();
    }
}
