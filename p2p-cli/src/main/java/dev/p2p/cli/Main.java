package dev.p2p.cli;

import dev.p2p.cli.crawl.CrawlCommand;
import dev.p2p.cli.demo.DemoCommand;
import dev.p2p.cli.key.KeysCommand;
import dev.p2p.cli.node.NodeCommand;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peers.PeersCommand;
import dev.p2p.cli.ping.PingCommand;
import dev.p2p.cli.plugin.PluginsCommand;
import dev.p2p.cli.probe.ProbeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the command line, runs a command and turns failures into four lines and an exit code. */
@Command(
        name = "p2p",
        description = "Runs and inspects peer-to-peer nodes that speak CometBFT's wire protocol.",
        header = {
            "Examples:",
            "  p2p demo                                  eight nodes that find each other",
            "  p2p probe 127.0.0.1:26656                 who answers there?",
            "  p2p node run --home ./node                run a node",
            "  p2p peers list --db ./node/data/peers     what does a stopped node remember?",
            ""
        },
        mixinStandardHelpOptions = false,
        subcommands = {
            DemoCommand.class,
            NodeCommand.class,
            PeersCommand.class,
            ProbeCommand.class,
            PingCommand.class,
            CrawlCommand.class,
            KeysCommand.class,
            PluginsCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private CommonOptions common = new CommonOptions();

    public static void main(String[] args) {
        int code = run(args, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
        System.out.flush();
        System.exit(code);
    }

    /** Runs a command line. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failed)
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        Failure failure = Failure.usage(String.valueOf(e.getMessage()), name).tryThis(suggestion(e, name));
        failure.print(command.getErr());
        return failure.exitCode();
    }

    private static String suggestion(ParameterException e, String name) {
        return e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? name + " " + unmatched.getSuggestions().getFirst()
                : name + " --help";
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        Failure failure = e instanceof Failure known ? known : Failure.unexpected(e);
        failure.print(command.getErr());
        if (CommonOptions.verbose(command)) {
            e.printStackTrace(command.getErr());
        }
        return failure.exitCode();
    }
}
