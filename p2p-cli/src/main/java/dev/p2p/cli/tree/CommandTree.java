package dev.p2p.cli.tree;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** Makes the commands that a command line names, and no others. */
public final class CommandTree {

    private CommandTree() {}

    /**
     * The command with those below it that stand on the command line. Where none does, all that are directly below, so that
     * the help and suggestions for a mistyped word are complete.
     */
    public static CommandLine forWords(Group group, Collection<String> words) {
        CommandLine line = new CommandLine(group);
        attachNamed(line, group, Set.copyOf(words));
        return line;
    }

    /** The command with everything below it. */
    public static CommandLine whole(Group group) {
        CommandLine line = new CommandLine(group);
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
            CommandLine below = new CommandLine(child);
            if (child instanceof Group deeper) {
                attachNamed(below, deeper, words);
            }
            line.addSubcommand(name, below);
        }
    }
}
