package dev.p2p.cli.option;

import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.LogSetup;
import dev.p2p.cli.output.OutputFormat;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that every command has. */
public final class CommonOptions {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table or json; listings also wide, jsonl, csv or name; default ${DEFAULT-VALUE}")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(
            names = {"-v", "--verbose"},
            description = "more detail in the log, and the stack trace of a failure")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "warnings and errors only")
    private boolean quiet;

    @Option(names = "--ascii", description = "letters of ASCII only, in what people read")
    private boolean ascii;

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

    /**
     * How the result of a command that is no listing is printed.
     *
     * @return {@link OutputFormat#TABLE} or {@link OutputFormat#JSON}
     */
    public OutputFormat output() {
        return switch (output) {
            case TABLE, WIDE -> OutputFormat.TABLE;
            case JSON -> OutputFormat.JSON;
            case JSONL, CSV, NAME ->
                throw Failure.of(
                                "P2P-FORMAT-UNFIT",
                                ExitCode.USAGE,
                                "cannot print this as " + output.name().toLowerCase(Locale.ROOT),
                                "only listings have that format")
                        .tryThis("-o json")
                        .orThis("-o table");
        };
    }

    /**
     * Refuses a format that a command does not have before it has done anything.
     *
     * @throws Failure if it has not
     */
    public static void requireFormat(CommandLine command) {
        Object itself = command.getCommand();
        for (Object mixin : command.getMixins().values()) {
            if (mixin instanceof CommonOptions options) {
                options.requireFormatOf(itself, command.getMixins().values());
            }
        }
    }

    private void requireFormatOf(Object command, Collection<?> mixins) {
        if (command instanceof OneForm form && output != OutputFormat.TABLE) {
            throw Failure.of(
                            "P2P-FORMAT-UNFIT",
                            ExitCode.USAGE,
                            "cannot print this as " + output.name().toLowerCase(Locale.ROOT),
                            "what this command prints does not depend on -o")
                    .tryThis(form.formOption());
        }
        if (!(command instanceof AnyFormat) && mixins.stream().noneMatch(AnyFormat.class::isInstance)) {
            output();
        }
    }

    /** How a listing is printed. */
    public OutputFormat format() {
        return output;
    }

    /** Whether remarks on standard error are unwanted. */
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
        return asks(command, options -> options.verbose);
    }

    /** Whether what the command prints is for people whose terminal knows ASCII only. */
    public static boolean ascii(CommandLine command) {
        return asks(
                command,
                options ->
                        options.ascii && (options.output == OutputFormat.TABLE || options.output == OutputFormat.WIDE));
    }

    private static boolean asks(CommandLine command, Predicate<CommonOptions> what) {
        return command.getMixins().values().stream()
                .anyMatch(mixin -> mixin instanceof CommonOptions options && what.test(options));
    }
}
