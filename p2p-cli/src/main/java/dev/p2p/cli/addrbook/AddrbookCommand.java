package dev.p2p.cli.addrbook;

import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.tree.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code p2p addrbook}: CometBFT's address book. */
@Command(
        name = "addrbook",
        description = "Reads and writes CometBFT's address book (addrbook.json).",
        header = {
            "Examples:",
            "  p2p addrbook show config/addrbook.json --sort -last_success",
            "  p2p addrbook validate config/addrbook.json",
            "  p2p addrbook import config/addrbook.json --home ./node --dry-run",
            "  p2p addrbook export --home ./node --out addrbook.json",
            ""
        })
public final class AddrbookCommand extends Group {

    private static final List<String> NAMES = List.of("show", "validate", "import", "export");

    private final Surroundings around;

    public AddrbookCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public Object command(String name) {
        return switch (name) {
            case "show" -> new AddrbookShowCommand(around);
            case "validate" -> new AddrbookValidateCommand();
            case "import" -> new AddrbookImportCommand(around);
            case "export" -> new AddrbookExportCommand(around);
            default -> throw unknown(name);
        };
    }
}
