package dev.p2p.cli.key;

import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.tree.Group;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code p2p keys}: who a node is. */
@Command(name = "keys", description = "Makes, shows and converts node keys (CometBFT's node_key.json).")
public final class KeysCommand implements Runnable, Group {

    private static final List<String> NAMES = List.of("gen", "show", "convert");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private CommonOptions common = new CommonOptions();

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
            default -> throw new IllegalArgumentException("there is no command " + name);
        };
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "keys needs a verb: " + String.join(", ", NAMES));
    }
}
