package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.VerifyReport;
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
import picocli.CommandLine.Option;

/** {@code p2p peers verify}: is a store sound? */
@Command(name = "verify", description = "Reads a whole store and tells what is damaged; then the exit code is 7.")
final class PeersVerifyCommand extends PeerVerb {

    @Option(names = "--deep", description = "every byte on disk, and whether what is kept twice agrees")
    private boolean deep;

    PeersVerifyCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        common.startLog();
        StoreFolder folder = target.offline(spec, common, around);
        VerifyReport report;
        try (PeerStore store = folder.open(Access.READ_ONLY)) {
            TargetOptions.announce("store " + folder.folder() + " (offline)", spec, common);
            report = store.verify(deep ? VerifyReport.Depth.DEEP : VerifyReport.Depth.RECORDS);
        } catch (PeerStoreException e) {
            throw folder.failure(e);
        }
        if (common.output() == OutputFormat.JSON) {
            Json.print(out(), "verify", fields(report));
        } else {
            print(report);
        }
        return report.sound() ? ExitCode.OK : ExitCode.STORE;
    }

    private static Map<String, Object> fields(VerifyReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sound", report.sound());
        fields.put("peers", report.peers());
        fields.put("events", report.events());
        fields.put("damaged", report.damaged());
        return fields;
    }

    private void print(VerifyReport report) {
        out().println("records    " + report.peers() + " peers, " + report.events() + " events sound");
        report.damaged().forEach(line -> out().println("damaged    " + Printable.of(line)));
        out().println(
                        report.sound()
                                ? "result     OK (exit 0)"
                                : "result     " + report.damaged().size() + " damaged (exit " + ExitCode.STORE + ")");
    }
}
