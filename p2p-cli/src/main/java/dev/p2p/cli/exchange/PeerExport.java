package dev.p2p.cli.exchange;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.peerdata.MemoryJson;
import dev.p2p.cli.peerdata.PeerJson;
import dev.p2p.router.control.PeerMemory;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes records so that {@link PeerImport} reads the same again. Goes peer by peer, so the number does not matter. */
public final class PeerExport {

    /** The columns of the CSV form. */
    static final List<String> CSV_COLUMNS = List.of(
            "id",
            "addresses",
            "reputation",
            "reputation_at",
            "last_connected",
            "banned_until",
            "ban_reason",
            "incompatible_until",
            "incompatible_reason");

    private final Writer out;
    private final ExportFormat format;
    private boolean first = true;

    public PeerExport(Writer out, ExportFormat format) throws IOException {
        this.out = out;
        this.format = format;
        switch (format) {
            case JSON -> out.write("{\"schema\":1,\"kind\":\"peers\",\"items\":[\n");
            case CSV -> out.write(String.join(",", CSV_COLUMNS) + "\n");
            case JSONL -> {}
            case ADDRBOOK -> throw new IllegalArgumentException("an address book is written by itself");
        }
    }

    /** Writes one; its history only in the JSON formats. */
    public void add(PeerMemory peer) throws IOException {
        switch (format) {
            case JSON -> out.write((first ? "" : ",\n") + Json.line(MemoryJson.of(peer)));
            case CSV -> out.write(csv(peer.record()) + "\n");
            default -> out.write(Json.line("peer", MemoryJson.of(peer)) + "\n");
        }
        first = false;
    }

    /** Ends the file. */
    public void end() throws IOException {
        if (format == ExportFormat.JSON) {
            out.write(first ? "]}\n" : "\n]}\n");
        }
        out.flush();
    }

    private static String csv(PeerRecord peer) {
        Map<String, Object> fields = PeerJson.record(peer);
        fields.put(
                "addresses",
                String.join(
                        " ", peer.addresses().stream().map(PeerExport::address).toList()));
        List<String> cells = new ArrayList<>();
        for (String column : CSV_COLUMNS) {
            Object value = fields.get(column);
            cells.add(value == null ? "" : CsvLine.cell(value.toString()));
        }
        return String.join(",", cells);
    }

    private static String address(AddressRecord record) {
        return record.address().toString();
    }
}
