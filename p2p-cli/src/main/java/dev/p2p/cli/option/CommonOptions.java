package dev.p2p.cli.option;

import dev.p2p.cli.output.LogSetup;
import dev.p2p.cli.output.OutputFormat;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that every command has. */
public final class CommonOptions {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table or json; default ${DEFAULT-VALUE}")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(
            names = {"-v", "--verbose"},
            description = "more detail in the log, and the stack trace of a failure")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "warnings and errors only")
    private boolean quiet;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "folder of plug-in jars; default: plugins/ beside the program")
    private Optional<Path> plugins = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    /** How results are printed. */
    public OutputFormat output() {
        return output;
    }

    /** Whether nothing but warnings and errors is wanted beside the results. */
    public boolean isQuiet() {
        return quiet;
    }

    /** Where plug-ins lie, if the user said so. */
    public Optional<Path> plugins() {
        return plugins;
    }

    /** Sends the log to standard error, as detailed as asked. */
    public void startLog() {
        LogSetup.choose(verbose, quiet);
    }

    /** The same for a program whose screen is the point: without -v, warnings only. */
    public void startDemoLog() {
        LogSetup.choose(verbose, !verbose);
    }

    /** Whether the command line asked for details. */
    public static boolean verbose(CommandLine command) {
        return command.getMixins().values().stream()
                .anyMatch(mixin -> mixin instanceof CommonOptions options && options.verbose);
    }
}
