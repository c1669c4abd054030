package dev.p2p.cli.tree;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Makes the commands that a command line names, and no others. */
public final class CommandTree {

    private CommandTree() {}

    /**
     * The command with those below it that stand on the command line. Where none does, all that are directly below, so that
     * the help and suggestions for a mistyped word are complete.
     */
    public static CommandLine forWords(Group group, Collection<String> words) {
        CommandLine line = listing(group);
        attachNamed(line, group, Set.copyOf(words));
        return line;
    }

    /** The command with everything below it. */
    public static CommandLine whole(Group group) {
        CommandLine line = listing(group);
        for (String name : group.names()) {
            Object child = group.command(name);
            line.addSubcommand(name, child instanceof Group below ? whole(below) : new CommandLine(child));
        }
        return line;
    }

    private static void attachNamed(CommandLine line, Group group, Set<String> words) {
        List<String> named = group.names().stream().filter(words::contains).toList();
        if (named.isEmpty()) {
            group.names().forEach(name -> line.addSubcommand(name, new CommandLine(group.command(name))));
            return;
        }
        for (String name : named) {
            Object child = group.command(name);
            CommandLine below = child instanceof Group deeper ? listing(deeper) : new CommandLine(child);
            if (child instanceof Group deeper) {
                attachNamed(below, deeper, words);
            }
            line.addSubcommand(name, below);
        }
    }

    /** Where the help lists commands, each stands with what it does; picocli would take the first line of its help, the examples. */
    private static CommandLine listing(Group group) {
        CommandLine line = new CommandLine(group);
        line.getHelpSectionMap()
                .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandTree::commandList);
        return line;
    }

    private static String commandList(Help help) {
        int longest = help.subcommands().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        int names = longest + 2;
        Help.TextTable table = Help.TextTable.forColumns(
                help.colorScheme(),
                new Help.Column(names, 2, Help.Column.Overflow.SPAN),
                new Help.Column(help.commandSpec().usageMessage().width() - names, 2, Help.Column.Overflow.WRAP));
        help.subcommands().forEach((name, below) -> table.addRowValues(name, does(below)));
        return table.toString();
    }

    /** The first sentence of what a command says of itself. A head of one line is that; our own heads are examples. */
    private static String does(Help help) {
        CommandLine.Model.UsageMessageSpec usage = help.commandSpec().usageMessage();
        boolean oneLine = usage.header().length == 1;
        String all = String.join(" ", oneLine ? usage.header() : usage.description());
        int end = all.indexOf(". ");
        return end < 0 ? all : all.substring(0, end + 1);
    }
}
