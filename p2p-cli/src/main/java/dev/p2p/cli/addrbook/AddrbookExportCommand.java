package dev.p2p.cli.addrbook;

import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.exchange.NewFile;
import dev.p2p.cli.listing.Collected;
import dev.p2p.cli.option.OneForm;
import dev.p2p.cli.option.ResultFile;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code p2p addrbook export}: leave with what you have. */
@Command(name = "export", description = "Writes the known peers as an address book that CometBFT reads.")
final class AddrbookExportCommand extends PeerVerb implements OneForm {

    @Mixin
    private ResultFile result = new ResultFile();

    @Option(names = "--key", paramLabel = "HEX", description = "the book's secret, 24 hex digits; default: a new one")
    private Optional<String> key = Optional.empty();

    AddrbookExportCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        String secret = key.map(this::sound).orElseGet(() -> AddrBookExport.newKey(new SecureRandom()));
        List<PeerRecord> peers;
        try (PeerSource source = open(Access.READ_ONLY)) {
            peers = Collected.<PeerRow>all(around.clock().instant(), source::peers).stream()
                    .map(PeerRow::record)
                    .toList();
        }
        AddrBookExport book = AddrBookExport.of(peers);
        NewFile.write(result.file(), result.force(), out(), writer -> book.write(writer, secret));
        book.remarks().forEach(err()::println);
        return ExitCode.OK;
    }

    private String sound(String text) {
        if (!text.matches("[0-9a-f]{24}")) {
            throw Failure.usage("--key has 24 hex digits in lower case", spec.qualifiedName());
        }
        return text;
    }
}
