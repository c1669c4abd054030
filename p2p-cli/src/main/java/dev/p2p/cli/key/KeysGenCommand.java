package dev.p2p.cli.key;

import dev.p2p.api.NodeKey;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code p2p keys gen}. */
@Command(name = "gen", description = "Makes a new key and prints its node ID.")
final class KeysGenCommand implements Runnable {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the file to write, mode 0600")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--force", description = "replace a file that exists")
    private boolean force;

    @Override
    public void run() {
        NodeKey key = NodeKey.generate(new SecureRandom());
        NodeKeyFile.write(file, key, force);
        PrintWriter out = spec.commandLine().getOut();
        if (common.output() == OutputFormat.JSON) {
            Json.print(out, "key", Map.of("id", key.id().toString(), "file", file.toString()));
        } else {
            out.println(key.id());
        }
    }
}
