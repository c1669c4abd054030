package dev.p2p.cli.addrbook;

import dev.p2p.api.NodeId;
import dev.p2p.cli.exchange.Batch;
import dev.p2p.cli.exchange.Import;
import dev.p2p.cli.exchange.ImportReport;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.ReportFile;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import dev.p2p.router.control.MergeRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code p2p addrbook import}: what a CometBFT node knew. */
@Command(
        name = "import",
        description = {
            "Takes the peers of an address book into a store, all good ones at once or none, or into a running node.",
            "Bad and refused entries are named; then the exit code is 9."
        })
final class AddrbookImportCommand extends PeerVerb {

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "FILE", description = "the address book; CometBFT keeps it in config/addrbook.json")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "which addresses: public, or any (private and loopback too); default ${DEFAULT-VALUE}")
    private ScopeChoice scope = ScopeChoice.PUBLIC;

    @Mixin
    private ReportFile report = new ReportFile();

    AddrbookImportCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        AddrBook book = BookFile.read(file);
        try (PeerSource source = openToAdd(change.dryRun())) {
            return takeIn(book, source);
        }
    }

    private int takeIn(AddrBook book, PeerSource source) {
        Batch batch = new Batch();
        book.problems().forEach(problem -> batch.problem(problem.place(), problem.why()));
        Optional<NodeId> self = source.self().or(() -> target.self(around));
        BookPeers peers =
                new BookPeers(scope == ScopeChoice.PUBLIC, self, around.clock().instant());
        book.entries().forEach(peers::add);
        peers.into(batch);
        if (book.entries().isEmpty()) {
            ImportReport.requireSomethingGood(file, batch);
        }
        Import done = Import.of(batch, source, MergeRule.KEEP, change.dryRun());
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("read", book.entries().size() + batch.bad());
        counts.putAll(done.counts());
        counts.put("unroutable", peers.unroutable());
        counts.put("self", peers.own());
        counts.put("banned", peers.banned());
        List<Batch.Problem> skipped = new ArrayList<>(done.problems());
        skipped.addAll(peers.passedOver());
        ImportReport.write(report.file(), skipped, out());
        return ImportReport.print("addrbook-import", counts, done, common.output(), change.dryRun(), out(), err());
    }
}
