package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.SalvageReport;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.target.PeerVerb;
import dev.p2p.cli.target.StoreFolder;
import dev.p2p.cli.target.TargetOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code p2p peers salvage}: saves what is readable of a damaged store. */
@Command(
        name = "salvage",
        description = {
            "Copies what is readable of a damaged store into a new one. The damaged one stays as it is.",
            "Exit code 9 if something could not be saved."
        })
final class PeersSalvageCommand extends PeerVerb {

    private static final int SHOWN = 20;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "the new store's folder; missing or empty")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path into;

    PeersSalvageCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        common.startLog();
        StoreFolder folder = target.offline(spec, common, around);
        requireFree();
        TargetOptions.announce("store " + folder.folder() + " (offline)", spec, common);
        SalvageReport report = change.dryRun() ? rehearse(folder) : salvage(folder, into);
        if (common.output() == OutputFormat.JSON) {
            Json.print(out(), "salvage", fields(report));
        } else {
            out().println((change.dryRun() ? "would save " : "saved ") + report.peers() + " peers, " + report.bans()
                    + " bans, " + report.events() + " events" + (change.dryRun() ? "" : " into " + into));
        }
        out().flush();
        report.lost().stream().limit(SHOWN).forEach(line -> err().println("lost " + Printable.of(line)));
        if (report.lost().size() > SHOWN) {
            err().println("lost " + (report.lost().size() - SHOWN) + " more");
        }
        return report.complete() ? ExitCode.OK : ExitCode.PARTLY;
    }

    private void requireFree() {
        try (Stream<Path> content = Files.exists(into) ? Files.list(into) : Stream.empty()) {
            if (content.findAny().isPresent()) {
                throw Failure.of(
                                "P2P-FOLDER-TAKEN",
                                ExitCode.FAILED,
                                "cannot save into " + into,
                                "the folder is not empty")
                        .tryThis("name a new folder with --to");
            }
        } catch (IOException e) {
            throw Failure.of("P2P-FOLDER-UNUSABLE", ExitCode.FAILED, "cannot save into " + into, String.valueOf(e))
                    .tryThis("name a new folder with --to")
                    .causedBy(e);
        }
    }

    private static SalvageReport salvage(StoreFolder folder, Path into) {
        try {
            return folder.provider().salvage(folder.folder(), into);
        } catch (PeerStoreException e) {
            throw folder.failure(e);
        }
    }

    /** What a salvage brings shows only in doing it, so it is done where nobody looks. */
    private static SalvageReport rehearse(StoreFolder folder) {
        Path aside = null;
        try {
            aside = Files.createTempDirectory("p2p-salvage-");
            return salvage(folder, aside.resolve("peers"));
        } catch (IOException e) {
            throw Failure.of(
                            "P2P-FOLDER-UNUSABLE",
                            ExitCode.FAILED,
                            "cannot rehearse in a temporary folder",
                            String.valueOf(e))
                    .causedBy(e);
        } finally {
            if (aside != null) {
                delete(aside);
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            System.getLogger(PeersSalvageCommand.class.getName())
                    .log(System.Logger.Level.WARNING, "a temporary folder stays behind: " + folder, e);
        }
    }

    private Map<String, Object> fields(SalvageReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("complete", report.complete());
        fields.put("peers", report.peers());
        fields.put("bans", report.bans());
        fields.put("events", report.events());
        fields.put("lost", report.lost());
        fields.put("dry_run", change.dryRun());
        return fields;
    }
}
