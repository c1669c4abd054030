package dev.p2p.cli.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completions for the shell fish: one line for each command and option, with its description. */
final class FishScript {

    private final StringBuilder out = new StringBuilder();
    private final String program;

    private FishScript(String program) {
        this.program = program;
    }

    static String of(CommandLine whole) {
        FishScript script = new FishScript(whole.getCommandName());
        script.out.append("# completions of ").append(script.program).append(" for fish\n");
        script.out.append("complete -c ").append(script.program).append(" -f\n");
        script.level(whole, List.of());
        return script.out.toString();
    }

    private void level(CommandLine command, List<String> path) {
        Map<String, CommandLine> below = new LinkedHashMap<>(command.getSubcommands());
        below.values().removeIf(child -> child.getCommandSpec().usageMessage().hidden());
        String here = condition(path, below);
        below.forEach((name, child) -> line(here, "-a " + name, description(child)));
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                line(condition(path, Map.of()), names(option), String.join(" ", option.description()));
            }
        }
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            String values = values(parameter);
            if (!values.isEmpty()) {
                line(condition(path, Map.of()), values, String.join(" ", parameter.description()));
            }
        }
        below.forEach((name, child) -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(name);
            level(child, deeper);
        });
    }

    /** Holds when the words so far stand on the line, and none of those that could follow. */
    private static String condition(List<String> path, Map<String, CommandLine> below) {
        List<String> parts = new ArrayList<>();
        path.forEach(word -> parts.add("__fish_seen_subcommand_from " + word));
        if (!below.isEmpty()) {
            parts.add("not __fish_seen_subcommand_from " + String.join(" ", below.keySet()));
        }
        return parts.isEmpty() ? "" : " -n " + quoted(String.join("; and ", parts));
    }

    private void line(String condition, String what, String description) {
        out.append("complete -c ")
                .append(program)
                .append(condition)
                .append(' ')
                .append(what)
                .append(" -d ")
                .append(quoted(description))
                .append('\n');
    }

    private static String names(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                    .append(' ');
        }
        if (option.arity().max() > 0) {
            String values = values(option);
            names.append(values.isEmpty() ? "-x" : values.replace("-F", "-r -F"));
        }
        return names.toString().stripTrailing();
    }

    /** What may stand for an argument: a few words, or files; empty if that is anything. */
    private static String values(ArgSpec argument) {
        return CompletionModel.words(argument)
                .map(words -> "-x -a " + quoted(String.join(" ", words)))
                .orElse(CompletionModel.isPath(argument) ? "-F" : "");
    }

    private static String description(CommandLine command) {
        String[] text = command.getCommandSpec().usageMessage().description();
        return text.length == 0 ? "" : text[0];
    }

    private static String quoted(String text) {
        String flat = text.replace("${DEFAULT-VALUE}", "")
                .replace("%n", " ")
                .replace("default ;", ";")
                .strip();
        return "'" + flat.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
