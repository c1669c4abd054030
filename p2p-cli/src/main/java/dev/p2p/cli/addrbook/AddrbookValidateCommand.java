package dev.p2p.cli.addrbook;

import dev.p2p.cli.exchange.Batch;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p addrbook validate}: would CometBFT start with it? */
@Command(
        name = "validate",
        description = {
            "Tells whether an address book is sound, and names every bad entry.",
            "Exit code 0: sound; 9: some entries are good; 1: none is, or it is no address book."
        })
final class AddrbookValidateCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the address book")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Override
    public Integer call() {
        AddrBook book = BookFile.read(file);
        boolean sound = book.problems().isEmpty();
        PrintWriter out = spec.commandLine().getOut();
        if (common.output() == OutputFormat.JSON) {
            Json.print(out, "addrbook-validation", fields(book));
        } else {
            book.problems()
                    .forEach(
                            problem -> out.println("bad      " + Printable.of(problem.place() + ": " + problem.why())));
            out.println("entries  " + book.entries().size() + " good, "
                    + book.problems().size() + " bad");
            out.println("verdict  " + (sound ? "sound" : "damaged: CometBFT may refuse to start with it"));
        }
        return sound ? ExitCode.OK : book.entries().isEmpty() ? ExitCode.FAILED : ExitCode.PARTLY;
    }

    private static Map<String, Object> fields(AddrBook book) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sound", book.problems().isEmpty());
        fields.put("good", book.entries().size());
        fields.put("bad", book.problems().size());
        fields.put(
                "problems",
                book.problems().stream().map(AddrbookValidateCommand::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Batch.Problem problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", problem.place());
        fields.put("problem", problem.why());
        return fields;
    }
}
