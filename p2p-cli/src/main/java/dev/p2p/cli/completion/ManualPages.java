package dev.p2p.cli.completion;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Manual pages in roff ({@code man(7)}), one for each command. */
final class ManualPages {

    private final Map<String, String> pages = new TreeMap<>();

    private ManualPages() {}

    /** File names and contents. */
    static Map<String, String> of(CommandLine whole) {
        ManualPages manual = new ManualPages();
        manual.add(whole);
        return manual.pages;
    }

    private void add(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        String name = spec.qualifiedName("-");
        if (!name.endsWith("-help")) {
            pages.put(name + ".1", page(name, command));
            command.getSubcommands().values().forEach(this::add);
        }
    }

    private static String page(String name, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        String[] description = spec.usageMessage().description();
        StringBuilder out = new StringBuilder();
        out.append(".TH ").append(quoted(name.toUpperCase(Locale.ROOT))).append(" 1\n");
        out.append(".SH NAME\n")
                .append(text(name))
                .append(" \\- ")
                .append(text(first(description)))
                .append('\n');
        out.append(".SH SYNOPSIS\n.nf\n")
                .append(text(command.getHelp().synopsis(0)).stripTrailing())
                .append("\n.fi\n");
        out.append(".SH DESCRIPTION\n")
                .append(text(String.join(" ", description)))
                .append('\n');
        positionals(out, spec);
        options(out, spec);
        commands(out, command);
        examples(out, spec);
        if (spec.parent() != null) {
            out.append(".SH SEE ALSO\n")
                    .append(text(spec.parent().qualifiedName("-")))
                    .append("(1)\n");
        }
        return out.toString();
    }

    private static void positionals(StringBuilder out, CommandSpec spec) {
        if (!spec.positionalParameters().isEmpty()) {
            out.append(".SH ARGUMENTS\n");
            for (PositionalParamSpec argument : spec.positionalParameters()) {
                entry(
                        out,
                        argument.paramLabel(),
                        String.join(" ", argument.description()),
                        argument.defaultValueString());
            }
        }
    }

    private static void options(StringBuilder out, CommandSpec spec) {
        out.append(".SH OPTIONS\n");
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
                entry(
                        out,
                        String.join(", ", option.names()) + label,
                        String.join(" ", option.description()),
                        option.defaultValueString());
            }
        }
    }

    private static void commands(StringBuilder out, CommandLine command) {
        boolean first = true;
        for (CommandLine child : command.getSubcommands().values()) {
            CommandSpec spec = child.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                out.append(first ? ".SH COMMANDS\n" : "");
                first = false;
                entry(
                        out,
                        spec.qualifiedName("-") + "(1)",
                        first(spec.usageMessage().description()),
                        "");
            }
        }
    }

    private static void examples(StringBuilder out, CommandSpec spec) {
        String[] header = spec.usageMessage().header();
        if (header.length > 1) {
            out.append(".SH EXAMPLES\n.nf\n");
            for (int i = 1; i < header.length; i++) {
                out.append(text(header[i])).append('\n');
            }
            out.append(".fi\n");
        }
    }

    private static void entry(StringBuilder out, String term, String description, String defaultValue) {
        out.append(".TP\n.B ")
                .append(text(term))
                .append('\n')
                .append(text(description.replace("${DEFAULT-VALUE}", defaultValue)))
                .append('\n');
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    /** Plain text: nothing in it is taken for a request. */
    private static String text(String text) {
        String plain = Ansi.OFF.string(text).replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }

    private static String quoted(String text) {
        return "\"" + text(text) + "\"";
    }
}
