package dev.p2p.cli.addrbook;

import dev.p2p.cli.listing.FileListing;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code p2p addrbook show}: the entries of a book. */
@Command(
        name = "show",
        description = "Lists the entries of an address book; bad ones are named, then the exit code is 9.")
final class AddrbookShowCommand extends FileListing {

    @Parameters(paramLabel = "FILE", description = "the address book; CometBFT keeps it in config/addrbook.json")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    AddrbookShowCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        AddrBook book = BookFile.read(file);
        show(BookEntry.listing(), book.entries());
        book.problems().forEach(problem -> remark("bad", problem.place() + ": " + problem.why()));
        return book.problems().isEmpty() ? ExitCode.OK : ExitCode.PARTLY;
    }
}
