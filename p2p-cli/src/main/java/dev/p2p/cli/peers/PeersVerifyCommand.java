package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.RepairReport;
import dev.p2p.api.store.VerifyReport;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.target.PeerVerb;
import dev.p2p.cli.target.StoreFolder;
import dev.p2p.cli.target.TargetOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code p2p peers verify}: is a store sound, and can it be made so? */
@Command(name = "verify", description = "Reads a whole store and tells what is damaged; then the exit code is 7.")
final class PeersVerifyCommand extends PeerVerb {

    @Option(names = "--deep", description = "every byte on disk, and whether what is kept twice agrees")
    private boolean deep;

    @Option(
            names = "--repair",
            description =
                    "take damaged entries out of the store and keep them in its file quarantine.txt; not while a node runs")
    private boolean repair;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    PeersVerifyCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        common.startLog();
        StoreFolder folder = target.offline(spec, common, around);
        boolean repairs = repair && !change.dryRun();
        RepairReport done = RepairReport.NOTHING;
        VerifyReport report;
        try (PeerStore store = folder.openExisting(repairs ? Access.READ_WRITE : Access.READ_ONLY)) {
            TargetOptions.announce("store " + folder.folder() + " (offline)", spec, common);
            if (repairs) {
                done = store.repair();
            }
            report = store.verify(deep ? VerifyReport.Depth.DEEP : VerifyReport.Depth.RECORDS);
        } catch (PeerStoreException e) {
            throw folder.failure(e);
        }
        if (common.output() == OutputFormat.JSON) {
            Json.print(out(), "verify", fields(report, done));
        } else {
            print(report, done);
        }
        return report.sound() ? ExitCode.OK : ExitCode.STORE;
    }

    private Map<String, Object> fields(VerifyReport report, RepairReport done) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sound", report.sound());
        fields.put("peers", report.peers());
        fields.put("events", report.events());
        fields.put("damaged", report.damaged());
        if (repair) {
            fields.put("repaired", done.lines());
        }
        return fields;
    }

    private void print(VerifyReport report, RepairReport done) {
        done.lines().forEach(line -> out().println("repair     " + Printable.of(line)));
        out().println("records    " + report.peers() + " peers, " + report.events() + " events sound");
        report.damaged().forEach(line -> out().println("damaged    " + Printable.of(line)));
        if (report.sound()) {
            out().println("result     OK (exit 0)");
        } else {
            out().println("result     " + report.damaged().size() + " damaged (exit " + ExitCode.STORE + "); "
                    + (repair && !change.dryRun()
                            ? "p2p peers salvage saves what is readable"
                            : "p2p peers verify --repair takes damaged entries out"));
        }
    }
}
