package dev.p2p.cli.exchange;

import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells what became of a file's entries. */
public final class ImportReport {

    /** As many problems are told on standard error; all of them stand in the report's file. */
    private static final int SHOWN = 20;

    private ImportReport() {}

    /** Refuses a file of which nothing is good. */
    public static void requireSomethingGood(Path file, Batch batch) {
        if (batch.entries().isEmpty() && batch.bad() > 0) {
            Batch.Problem first = batch.problems().getFirst();
            throw Failure.of(
                            "P2P-FILE-INVALID",
                            ExitCode.FAILED,
                            "cannot use anything in " + file + ": " + batch.bad() + " bad entries",
                            first.place() + ": " + first.why())
                    .tryThis("name another file, or its format with --format");
        }
    }

    /**
     * Prints the counts, and on standard error what is wrong.
     *
     * @return the exit code: 9 if something is wrong or was refused, 1 if everything was refused
     */
    public static int print(
            String kind,
            Map<String, Object> counts,
            Import done,
            OutputFormat format,
            boolean dryRun,
            PrintWriter out,
            PrintWriter err) {
        Map<String, Object> fields = new LinkedHashMap<>(counts);
        fields.put("bad", done.bad());
        if (format == OutputFormat.JSON) {
            fields.put("dry_run", dryRun);
            fields.put(
                    "problems",
                    done.problems().stream().map(ImportReport::fields).toList());
            Json.print(out, kind, fields);
        } else {
            String text = fields.entrySet().stream()
                    .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue())
                    .collect(Collectors.joining("   "));
            out.println(text + (dryRun ? "   (dry run: nothing was changed)" : ""));
        }
        out.flush();
        done.problems().stream()
                .limit(SHOWN)
                .forEach(problem -> err.println("skipped " + Printable.of(problem.place() + ": " + problem.why())));
        if (done.troubles() > SHOWN) {
            err.println("skipped " + (done.troubles() - SHOWN) + " more");
        }
        return done.exitCode();
    }

    /** Writes all problems to a file, one JSON object a line. */
    public static void write(Optional<Path> file, List<Batch.Problem> problems, PrintWriter out) {
        if (file.isPresent()) {
            NewFile.write(file, true, out, writer -> {
                for (Batch.Problem problem : problems) {
                    writer.write(Json.line("skipped", fields(problem)) + "\n");
                }
            });
        }
    }

    private static Map<String, Object> fields(Batch.Problem problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", problem.place());
        fields.put("problem", problem.why());
        return fields;
    }
}
