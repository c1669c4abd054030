package dev.p2p.cli.peers;

import dev.p2p.api.store.CompactReport;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.target.PeerVerb;
import dev.p2p.cli.target.StoreFolder;
import dev.p2p.cli.target.TargetOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code p2p peers compact}: gives space back. */
@Command(name = "compact", description = "Gives back the space of what was replaced and forgotten in a store.")
final class PeersCompactCommand extends PeerVerb {

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    PeersCompactCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        common.startLog();
        StoreFolder folder = target.offline(spec, common, around);
        CompactReport report;
        try (PeerStore store = folder.openExisting(change.dryRun() ? Access.READ_ONLY : Access.READ_WRITE)) {
            TargetOptions.announce("store " + folder.folder() + " (offline)", spec, common);
            long bytes = store.stats().bytes();
            report = change.dryRun() ? new CompactReport(bytes, bytes) : store.compact();
        } catch (PeerStoreException e) {
            throw folder.failure(e);
        }
        if (common.output() == OutputFormat.JSON) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("bytes_before", report.bytesBefore());
            fields.put("bytes_after", report.bytesAfter());
            fields.put("dry_run", change.dryRun());
            Json.print(out(), "compact", fields);
        } else if (change.dryRun()) {
            out().println("the store takes " + Units.bytes(report.bytesBefore())
                    + "; how much can be given back shows only in doing it");
        } else {
            out().println("compacted  " + Units.bytes(report.bytesBefore()) + " → " + Units.bytes(report.bytesAfter())
                    + " (" + percent(report) + ")");
        }
        return ExitCode.OK;
    }

    private static String percent(CompactReport report) {
        if (report.bytesBefore() == 0) {
            return "0%";
        }
        long percent = Math.round(100.0 * (report.bytesAfter() - report.bytesBefore()) / report.bytesBefore());
        return (percent > 0 ? "+" : "") + percent + "%";
    }
}
