package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.addrbook.AddrBookExport;
import dev.p2p.cli.exchange.ExportFormat;
import dev.p2p.cli.exchange.NewFile;
import dev.p2p.cli.exchange.PeerExport;
import dev.p2p.cli.listing.Collected;
import dev.p2p.cli.option.OneForm;
import dev.p2p.cli.option.ResultFile;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import dev.p2p.router.control.PeerMemory;
import java.io.IOException;
import java.io.Writer;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code p2p peers export}: what is known, as a file. */
@Command(name = "export", description = "Writes all known peers to a file that import reads.")
final class PeersExportCommand extends PeerVerb implements OneForm {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "jsonl, json, csv or addrbook; default ${DEFAULT-VALUE}")
    private ExportFormat format = ExportFormat.JSONL;

    @Mixin
    private ResultFile result = new ResultFile();

    @Option(names = "--history", description = "what happened with each peer too; only jsonl and json hold it")
    private boolean history;

    PeersExportCommand(Surroundings around) {
        super(around);
    }

    @Override
    public String formOption() {
        return "--format jsonl, json, csv or addrbook";
    }

    @Override
    public Integer call() {
        if (history && (format == ExportFormat.CSV || format == ExportFormat.ADDRBOOK)) {
            throw Failure.usage("--history goes with --format jsonl or json", spec.qualifiedName());
        }
        try (PeerSource source = open(Access.READ_ONLY)) {
            List<PeerRow> rows = Collected.all(around.clock().instant(), source::peers);
            NewFile.write(result.file(), result.force(), out(), writer -> write(rows, source, writer));
            if (result.file().isPresent() && !common.isQuiet()) {
                err().println("wrote " + rows.size() + " peers to "
                        + result.file().get());
            }
        }
        return ExitCode.OK;
    }

    private void write(List<PeerRow> rows, PeerSource source, Writer writer) throws IOException {
        if (format == ExportFormat.ADDRBOOK) {
            AddrBookExport book =
                    AddrBookExport.of(rows.stream().map(PeerRow::record).toList());
            book.write(writer, AddrBookExport.newKey(new SecureRandom()));
            book.remarks().forEach(err()::println);
            return;
        }
        PeerExport export = new PeerExport(writer, format);
        for (PeerRow row : rows) {
            export.add(new PeerMemory(row.record(), history ? source.remembered(row.id()) : List.of()));
        }
        export.end();
    }
}
