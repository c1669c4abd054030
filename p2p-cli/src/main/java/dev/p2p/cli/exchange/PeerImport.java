package dev.p2p.cli.exchange;

import dev.p2p.api.NodeId;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonElements;
import dev.p2p.cli.json.JsonLimits;
import dev.p2p.cli.json.JsonNumber;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.json.JsonTree;
import dev.p2p.cli.peerdata.MemoryJson;
import dev.p2p.router.control.PeerMemory;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PeerExport} wrote, and what a stranger changed in it. A bad entry is named and costs only itself. */
public final class PeerImport {

    private final Batch batch = new Batch();
    private final Set<NodeId> seen = new HashSet<>();

    private PeerImport() {}

    /** The format of a text, by how it begins. */
    public static ExportFormat guess(String text) {
        String start = text.substring(0, Math.min(text.length(), JsonLimits.ENTRY.maxCharacters()))
                .stripLeading();
        if (!start.startsWith("{")) {
            return ExportFormat.CSV;
        }
        String line = start.lines().findFirst().orElse("");
        if (line.contains("\"items\"")) {
            return ExportFormat.JSON;
        }
        boolean complete = line.stripTrailing().endsWith("}") && line.contains("\"id\"");
        return complete ? ExportFormat.JSONL : start.contains("\"items\"") ? ExportFormat.JSON : ExportFormat.ADDRBOOK;
    }

    /**
     * Reads a text.
     *
     * @throws JsonProblem if nothing of it can be read
     */
    public static Batch read(String text, ExportFormat format) throws JsonProblem {
        PeerImport reading = new PeerImport();
        switch (format) {
            case JSONL -> reading.lines(text);
            case JSON -> reading.object(text);
            case CSV -> reading.csv(text);
            case ADDRBOOK -> throw new IllegalArgumentException("an address book is read by itself");
        }
        return reading.batch;
    }

    private void lines(String text) {
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank()) {
                entry("line " + number, line);
            }
        }
    }

    private void object(String text) throws JsonProblem {
        JsonElements.Cut cut = JsonElements.cut(text, "items", "id");
        for (JsonElements.Element element : cut.elements()) {
            String place = "entry " + element.number() + " (line " + element.line() + ")";
            if (element.problem().isEmpty()) {
                entry(place, element.text());
            } else {
                batch.problem(place, element.problem());
            }
        }
        if (!cut.complete()) {
            batch.problem("the end", "the list does not end; the file is cut off");
        }
    }

    private void csv(String text) throws JsonProblem {
        List<String> lines = text.lines().toList();
        List<String> header = lines.isEmpty() ? List.of() : CsvLine.cells(lines.getFirst());
        if (!header.contains("id") || !header.contains("addresses")) {
            throw new JsonProblem("the first line names no columns id and addresses");
        }
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                csvEntry("line " + (i + 1), lines.get(i), header);
            }
        }
    }

    private void csvEntry(String place, String line, List<String> header) {
        try {
            List<String> cells = CsvLine.cells(line);
            if (cells.size() != header.size()) {
                throw new JsonProblem("it has " + cells.size() + " cells; the header has " + header.size());
            }
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    fields.put(header.get(i), csvValue(header.get(i), cells.get(i)));
                }
            }
            accept(place, MemoryJson.read(Fields.of(fields, "the line")));
        } catch (JsonProblem e) {
            batch.problem(place, String.valueOf(e.getMessage()));
        }
    }

    private static Object csvValue(String column, String cell) {
        return switch (column) {
            case "addresses" ->
                List.of(cell.split(" +")).stream()
                        .map(address -> Map.of("address", address))
                        .toList();
            case "reputation" -> new JsonNumber(cell);
            default -> cell;
        };
    }

    private void entry(String place, String text) {
        try {
            accept(place, MemoryJson.read(JsonTree.object(text, JsonLimits.ENTRY)));
        } catch (JsonProblem e) {
            batch.problem(place, String.valueOf(e.getMessage()));
        }
    }

    private void accept(String place, PeerMemory peer) {
        NodeId id = peer.record().id();
        if (seen.add(id)) {
            batch.add(place, peer);
        } else {
            batch.problem(place, "the peer " + id + " stands earlier in the file");
        }
    }
}
