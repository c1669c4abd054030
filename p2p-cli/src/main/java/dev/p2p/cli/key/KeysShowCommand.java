package dev.p2p.cli.key;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeKey;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p keys show}: one bare line for scripts. */
@Command(name = "show", description = "Prints the node ID of a key file, or its address at a place.")
final class KeysShowCommand implements Runnable {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the key file")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--address", paramLabel = "HOST:PORT", description = "print ID@HOST:PORT instead")
    private Optional<String> place = Optional.empty();

    @Override
    public void run() {
        Optional<HostPort> where = place.map(KeysShowCommand::parse);
        NodeKey key = NodeKeyFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        String address = where.map(at -> key.id() + "@" + at).orElse("");
        if (common.output() == OutputFormat.JSON) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("id", key.id().toString());
            fields.put("public_key", HexFormat.of().formatHex(key.publicKeyBytes()));
            where.ifPresent(at -> fields.put("address", address));
            Json.print(out, "key", fields);
        } else {
            out.println(where.isPresent() ? address : key.id());
        }
    }

    private static HostPort parse(String text) {
        try {
            return HostPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                            "P2P-ADDRESS-INVALID",
                            ExitCode.USAGE,
                            "cannot use the address " + text,
                            String.valueOf(e.getMessage()))
                    .tryThis("write it as HOST:PORT, for example 203.0.113.7:26656")
                    .causedBy(e);
        }
    }
}
