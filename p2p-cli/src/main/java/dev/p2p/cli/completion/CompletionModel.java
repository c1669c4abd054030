package dev.p2p.cli.completion;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The command line as shells are to complete it. picocli offers the names of enum constants, in capitals, where people type lower case, and
 * does not see that an option that may be absent takes a file.
 */
final class CompletionModel {

    private CompletionModel() {}

    /** Changes a command and all below it. It is good for completion only then. */
    static CommandLine prepare(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            spec.remove(option);
            spec.addOption(isPath(option) ? file(option) : choice(option));
        }
        for (PositionalParamSpec parameter : List.copyOf(spec.positionalParameters())) {
            PositionalParamSpec.Builder builder = PositionalParamSpec.builder(parameter);
            words(parameter).ifPresent(builder::completionCandidates);
            spec.remove(parameter);
            spec.addPositional(builder.build());
        }
        command.getSubcommands().values().forEach(CompletionModel::prepare);
        return command;
    }

    /** A copy would keep that it may be absent, so it is made anew. */
    private static OptionSpec file(OptionSpec option) {
        return OptionSpec.builder(option.names())
                .type(Path.class)
                .arity(String.valueOf(option.arity()))
                .paramLabel(option.paramLabel())
                .description(option.description())
                .hidden(option.hidden())
                .build();
    }

    private static OptionSpec choice(OptionSpec option) {
        OptionSpec.Builder builder = OptionSpec.builder(option);
        words(option).ifPresent(builder::completionCandidates);
        return builder.build();
    }

    /** What an argument may be, if that is a choice between a few words. */
    static Optional<List<String>> words(ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes()[0];
        return type.isEnum()
                ? Optional.of(Stream.of(type.getEnumConstants())
                        .map(value -> value.toString().toLowerCase(Locale.ROOT))
                        .toList())
                : Optional.empty();
    }

    /** Whether an argument names a file or a folder, by its type or by how it is called. */
    static boolean isPath(ArgSpec argument) {
        return argument.auxiliaryTypes()[0] == Path.class
                || argument.paramLabel().matches("DIR|FILE");
    }
}
