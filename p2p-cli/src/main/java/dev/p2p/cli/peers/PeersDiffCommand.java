package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.exchange.Batch;
import dev.p2p.cli.exchange.ExportFormat;
import dev.p2p.cli.exchange.ForeignFile;
import dev.p2p.cli.exchange.ImportReport;
import dev.p2p.cli.exchange.PeerImport;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.listing.Collected;
import dev.p2p.cli.listing.FileListing;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.target.StoreFolder;
import dev.p2p.cli.target.StoreSource;
import dev.p2p.router.control.PeerMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code p2p peers diff}: what differs between two exports or stores. */
@Command(name = "diff", description = "Lists what differs between two exports or stores.")
final class PeersDiffCommand extends FileListing {

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "the earlier one: a file that export wrote, or a store's folder")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path before;

    @Parameters(index = "1", paramLabel = "B", description = "the later one")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path after;

    @Option(names = "--store", paramLabel = "KIND", description = "the kind of store; default ${DEFAULT-VALUE}")
    private String kind = "rocksdb";

    PeersDiffCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        common.startLog();
        Batch old = read(before);
        Batch young = read(after);
        List<PeerDifference> differences = PeerDifference.between(old.peers(), young.peers());
        show(PeerDifference.LISTING, differences);
        warn(before, old);
        warn(after, young);
        return old.bad() + young.bad() == 0 ? ExitCode.OK : ExitCode.PARTLY;
    }

    private Batch read(Path path) {
        if (Files.isDirectory(path)) {
            Batch batch = new Batch();
            StoreFolder folder = new StoreFolder(path, kind, common.plugins());
            try (StoreSource source = StoreSource.open(folder, Access.READ_ONLY, around.clock())) {
                Collected.<PeerRow>all(around.clock().instant(), source::peers)
                        .forEach(row -> batch.add(path.toString(), new PeerMemory(row.record())));
            }
            return batch;
        }
        String text = ForeignFile.read(path, "export");
        ExportFormat format = PeerImport.guess(text);
        try {
            Batch batch = PeerImport.read(text, format == ExportFormat.ADDRBOOK ? ExportFormat.JSON : format);
            ImportReport.requireSomethingGood(path, batch);
            return batch;
        } catch (JsonProblem e) {
            throw Failure.of(
                            "P2P-FILE-INVALID",
                            ExitCode.FAILED,
                            "cannot read the export " + path,
                            String.valueOf(e.getMessage()))
                    .tryThis("p2p peers export --out FILE   makes one")
                    .causedBy(e);
        }
    }

    private void warn(Path path, Batch batch) {
        batch.problems().forEach(problem -> remark("skipped", path + ", " + problem.place() + ": " + problem.why()));
    }
}
