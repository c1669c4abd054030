package dev.p2p.cli.addrbook;

import dev.p2p.api.NodeId;
import dev.p2p.cli.exchange.Batch;
import dev.p2p.cli.exchange.Import;
import dev.p2p.cli.exchange.ImportReport;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.TargetOptions;
import dev.p2p.router.control.MergeRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p addrbook import}: what a CometBFT node knew. */
@Command(
        name = "import",
        description = {
            "Takes the peers of an address book into a store, all good ones at once or none, or into a running node.",
            "Bad and refused entries are named; then the exit code is 9."
        })
final class AddrbookImportCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the address book; CometBFT keeps it in config/addrbook.json")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "which addresses: public, or any (private and loopback too); default ${DEFAULT-VALUE}")
    private ScopeChoice scope = ScopeChoice.PUBLIC;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "write what was skipped there, one JSON object a line")
    private Optional<Path> report = Optional.empty();

    AddrbookImportCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        AddrBook book = BookFile.read(file);
        try (PeerSource source = target.openToAdd(change.dryRun(), spec, common, around)) {
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
        ImportReport.write(report, skipped, spec.commandLine().getOut());
        return ImportReport.print(
                "addrbook-import",
                counts,
                done,
                common.output(),
                change.dryRun(),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }
}
