package dev.p2p.cli.addrbook;

import dev.p2p.cli.exchange.ForeignFile;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.nio.file.Path;

/** An address book on disk. */
final class BookFile {

    private BookFile() {}

    static AddrBook read(Path file) {
        String text = ForeignFile.read(file, "address book");
        try {
            return AddrBook.parse(text);
        } catch (JsonProblem e) {
            throw Failure.of(
                            "P2P-ADDRBOOK-INVALID",
                            ExitCode.FAILED,
                            "cannot read the address book " + file,
                            String.valueOf(e.getMessage()))
                    .tryThis("name a node's config/addrbook.json")
                    .causedBy(e);
        }
    }
}
