package dev.p2p.cli.key;

import com.google.gson.JsonParseException;
import dev.p2p.api.NodeKey;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p keys convert}: the same key in another form. */
@Command(
        name = "convert",
        description = "Writes a key in another form: CometBFT's node_key.json, hex digits, PEM (PKCS#8) or raw bytes.")
final class KeysConvertCommand implements Runnable {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the key")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--from", paramLabel = "FORM", description = "cometbft, hex, pem or raw; default ${DEFAULT-VALUE}")
    private KeyForm from = KeyForm.COMETBFT;

    @Option(names = "--to", required = true, paramLabel = "FORM", description = "cometbft, hex, pem or raw")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private KeyForm to;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the file to write, mode 0600")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path target;

    @Option(names = "--force", description = "replace a file that exists")
    private boolean force;

    @Option(names = "--dry-run", description = "only read the key and tell whose it is")
    private boolean dryRun;

    @Override
    public void run() {
        NodeKey key = read();
        if (!dryRun) {
            SecretFile.write(target, to.write(key), force);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (common.output() == OutputFormat.JSON) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", key.id().toString());
            fields.put("form", to.name().toLowerCase(Locale.ROOT));
            fields.put("file", target.toString());
            fields.put("dry_run", dryRun);
            Json.print(out, "key", fields);
        } else {
            out.println(
                    dryRun
                            ? "would convert ed25519 key   id " + key.id()
                            : "converted ed25519 key   id " + key.id() + "   written " + target + " (mode 0600)");
        }
    }

    private NodeKey read() {
        byte[] content = SecretFile.read(file);
        try {
            return from.read(content);
        } catch (IllegalArgumentException | JsonParseException | IOException e) {
            throw Failure.of(
                            "P2P-KEY-INVALID",
                            ExitCode.BAD_CONFIGURATION,
                            "cannot use the key file " + file + " as "
                                    + from.name().toLowerCase(Locale.ROOT),
                            String.valueOf(e.getMessage()))
                    .tryThis("name the file's form with --from: cometbft, hex, pem or raw")
                    .orThis("restore the file from a backup")
                    .causedBy(e);
        }
    }
}
