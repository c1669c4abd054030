package dev.p2p.cli.plugin;

import dev.p2p.cli.tree.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code p2p plugins}: what extends this program. */
@Command(name = "plugins", description = "Shows transports, stream protocols, reactors and stores.")
public final class PluginsCommand extends Group {

    private static final List<String> NAMES = List.of("list");

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public Object command(String name) {
        return switch (name) {
            case "list" -> new PluginsListCommand();
            default -> throw unknown(name);
        };
    }
}
