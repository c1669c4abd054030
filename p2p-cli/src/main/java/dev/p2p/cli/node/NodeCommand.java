package dev.p2p.cli.node;

import dev.p2p.cli.tree.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code p2p node}: a node of one's own. */
@Command(name = "node", description = "Runs a node.")
public final class NodeCommand extends Group {

    private static final List<String> NAMES = List.of("run");

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public Object command(String name) {
        return switch (name) {
            case "run" -> new NodeRunCommand();
            default -> throw unknown(name);
        };
    }
}
