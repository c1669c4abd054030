package dev.p2p.cli.listing;

import dev.p2p.cli.output.Grid;
import dev.p2p.cli.output.Ink;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Tone;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints a selection in the format that was asked for. */
final class Presentation<T> {

    private final Listing<T> listing;
    private final @Nullable List<Column<T>> chosen;
    private final OutputFormat format;
    private final boolean headers;
    private final Ink ink;
    private final PrintWriter out;
    private final @Nullable PrintWriter err;
    private final Map<String, String> printed = new HashMap<>();

    /**
     * A way to print.
     *
     * @param chosen the columns that were asked for, or null
     * @param err where remarks go, or null if none are wanted
     */
    Presentation(
            Listing<T> listing,
            @Nullable List<Column<T>> chosen,
            OutputFormat format,
            boolean headers,
            Ink ink,
            PrintWriter out,
            @Nullable PrintWriter err) {
        this.listing = listing;
        this.chosen = chosen;
        this.format = format;
        this.headers = headers;
        this.ink = ink;
        this.out = out;
        this.err = err;
    }

    void print(Selection<T> selection, Instant now, boolean again) {
        List<T> rows = selection.rows();
        switch (format) {
            case TABLE -> table(rows, listing.table(), now, false);
            case WIDE -> table(rows, listing.wide(), now, true);
            case JSON ->
                Json.printList(
                        out, listing.kind(), rows.stream().map(this::fields).toList());
            case JSONL -> rows.forEach(this::changed);
            case CSV -> csv(rows, again);
            case NAME -> rows.forEach(row -> out.println(Csv.line(listing.key().machine(row))));
        }
        count(selection, rows.size());
        out.flush();
    }

    private void table(List<T> rows, List<String> usual, Instant now, boolean full) {
        List<Column<T>> columns = chosen == null ? listing.named(usual) : chosen;
        boolean[] right = new boolean[columns.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = columns.get(i).alignedRight();
        }
        Grid grid = new Grid(columns.stream().map(Column::title).toList(), right);
        for (T row : rows) {
            List<String> cells =
                    columns.stream().map(c -> c.cell(row, now, full)).toList();
            List<Tone> tones = columns.stream().map(c -> c.cellTone(row)).toList();
            grid.row(cells, tones);
        }
        grid.print(out, headers, ink);
    }

    /** How many there are: below a table; for programs on the side, and only if some are missing. */
    private void count(Selection<T> selection, int shown) {
        boolean table = format == OutputFormat.TABLE || format == OutputFormat.WIDE;
        boolean cut = shown < selection.matching();
        if (!headers || (!table && !cut)) {
            return;
        }
        String filtered = selection.matching() < selection.seen() ? ", " + selection.seen() + " in all" : "";
        String remark = shown + (selection.about() ? " of about " : " of ") + selection.matching() + " shown" + filtered
                + (cut ? " (use --limit 0 for all)" : "");
        if (table) {
            out.println(remark);
        } else if (err != null) {
            err.println(remark);
        }
    }

    /** While watching, only what is new or different. */
    private void changed(T row) {
        String line = Json.line(listing.kind(), fields(row));
        String before = printed.put(String.valueOf(listing.key().machine(row)), line);
        if (!line.equals(before)) {
            out.println(line);
        }
    }

    private void csv(List<T> rows, boolean again) {
        List<Column<T>> columns = chosen == null ? listing.columns() : chosen;
        if (headers && !again) {
            out.println(String.join(",", columns.stream().map(Column::name).toList()));
        }
        for (T row : rows) {
            out.println(String.join(
                    ",",
                    columns.stream()
                            .map(column -> Csv.cell(column.machine(row)))
                            .toList()));
        }
    }

    private Map<String, Object> fields(T row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Column<T> column : chosen == null ? listing.columns() : chosen) {
            Object value = column.machine(row);
            if (value != null) {
                fields.put(column.name(), value);
            }
        }
        return fields;
    }
}
