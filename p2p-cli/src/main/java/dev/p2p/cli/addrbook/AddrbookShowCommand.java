package dev.p2p.cli.addrbook;

import dev.p2p.cli.listing.ListingOptions;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Printable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p addrbook show}: the entries of a book. */
@Command(
        name = "show",
        description = "Lists the entries of an address book; bad ones are named, then the exit code is 9.")
final class AddrbookShowCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ListingOptions listing = new ListingOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the address book; CometBFT keeps it in config/addrbook.json")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    AddrbookShowCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        AddrBook book = BookFile.read(file);
        listing.show(BookEntry.listing(), selection -> book.entries().forEach(selection::offer), spec, common, around);
        book.problems()
                .forEach(problem -> spec.commandLine()
                        .getErr()
                        .println("bad " + Printable.of(problem.place() + ": " + problem.why())));
        return book.problems().isEmpty() ? ExitCode.OK : ExitCode.PARTLY;
    }
}
