package dev.p2p.cli.key;

import dev.p2p.cli.option.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code p2p keys}: who a node is. */
@Command(
        name = "keys",
        description = "Makes and shows node keys (CometBFT's node_key.json).",
        subcommands = {KeysGenCommand.class, KeysShowCommand.class})
public final class KeysCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private CommonOptions common = new CommonOptions();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "keys needs a verb: gen or show");
    }
}
