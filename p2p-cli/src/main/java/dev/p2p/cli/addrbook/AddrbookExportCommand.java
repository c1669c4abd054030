package dev.p2p.cli.addrbook;

import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.exchange.NewFile;
import dev.p2p.cli.listing.Collected;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.TargetOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code p2p addrbook export}: leave with what you have. */
@Command(name = "export", description = "Writes the known peers as an address book that CometBFT reads.")
final class AddrbookExportCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "FILE", description = "where to; default: standard output")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--force", description = "replace a file that exists")
    private boolean force;

    @Option(names = "--key", paramLabel = "HEX", description = "the book's secret, 24 hex digits; default: a new one")
    private Optional<String> key = Optional.empty();

    AddrbookExportCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        String secret = key.map(this::sound).orElseGet(() -> AddrBookExport.newKey(new SecureRandom()));
        List<PeerRecord> peers;
        try (PeerSource source = target.open(Access.READ_ONLY, spec, common, around)) {
            peers = Collected.<PeerRow>all(around.clock().instant(), source::peers).stream()
                    .map(PeerRow::record)
                    .toList();
        }
        AddrBookExport book = AddrBookExport.of(peers);
        NewFile.write(file, force, spec.commandLine().getOut(), writer -> book.write(writer, secret));
        book.remarks().forEach(spec.commandLine().getErr()::println);
        return ExitCode.OK;
    }

    private String sound(String text) {
        if (!text.matches("[0-9a-f]{24}")) {
            throw Failure.usage("--key has 24 hex digits in lower case", spec.qualifiedName());
        }
        return text;
    }
}
