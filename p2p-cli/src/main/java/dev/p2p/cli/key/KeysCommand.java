package dev.p2p.cli.key;

import dev.p2p.cli.tree.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code p2p keys}: who a node is. */
@Command(name = "keys", description = "Makes, shows and converts node keys (CometBFT's node_key.json).")
public final class KeysCommand extends Group {

    private static final List<String> NAMES = List.of("gen", "show", "convert");

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public Object command(String name) {
        return switch (name) {
            case "gen" -> new KeysGenCommand();
            case "show" -> new KeysShowCommand();
            case "convert" -> new KeysConvertCommand();
            default -> throw unknown(name);
        };
    }
}
