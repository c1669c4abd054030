package dev.p2p.cli.peers;

import dev.p2p.cli.exchange.Batch;
import dev.p2p.cli.exchange.ExportFormat;
import dev.p2p.cli.exchange.ForeignFile;
import dev.p2p.cli.exchange.Import;
import dev.p2p.cli.exchange.ImportReport;
import dev.p2p.cli.exchange.PeerImport;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.ReportFile;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import dev.p2p.router.control.MergeRule;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code p2p peers import}: takes an export in. */
@Command(
        name = "import",
        description = {
            "Takes the peers of an export into a store, all good ones at once or none, or into a running node.",
            "Bad and refused entries are named; then the exit code is 9."
        })
final class PeersImportCommand extends PeerVerb {

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "FILE", description = "what 'peers export' wrote")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--format", paramLabel = "FORMAT", description = "jsonl, json or csv; default: as the file looks")
    private Optional<ExportFormat> format = Optional.empty();

    @Option(
            names = "--merge",
            paramLabel = "RULE",
            description = "a peer that is known: keep, newer or replace; default ${DEFAULT-VALUE}")
    private MergeRule rule = MergeRule.KEEP;

    @Mixin
    private ReportFile report = new ReportFile();

    PeersImportCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        Batch batch = read();
        ImportReport.requireSomethingGood(file, batch);
        if (rule == MergeRule.REPLACE) {
            change.confirm("replace what is known of the peers in " + file + "?", err(), around);
        }
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("read", batch.entries().size() + batch.bad());
        Import done;
        try (PeerSource source = openToAdd(change.dryRun())) {
            done = Import.of(batch, source, rule, change.dryRun());
        }
        counts.putAll(done.counts());
        ImportReport.write(report.file(), done.problems(), out());
        return ImportReport.print("import", counts, done, common.output(), change.dryRun(), out(), err());
    }

    private Batch read() {
        String text = ForeignFile.read(file, "export");
        ExportFormat kind = format.orElseGet(() -> PeerImport.guess(text));
        if (kind == ExportFormat.ADDRBOOK) {
            throw Failure.of(
                            "P2P-FORMAT-UNFIT",
                            ExitCode.USAGE,
                            "cannot import " + file + " as peers",
                            "it is no export; an address book has a command of its own")
                    .tryThis("p2p addrbook import " + file)
                    .orThis("p2p peers import --format json " + file);
        }
        try {
            return PeerImport.read(text, kind);
        } catch (JsonProblem e) {
            throw Failure.of(
                            "P2P-FILE-INVALID",
                            ExitCode.FAILED,
                            "cannot read the export " + file,
                            String.valueOf(e.getMessage()))
                    .tryThis("name its format with --format")
                    .causedBy(e);
        }
    }
}
