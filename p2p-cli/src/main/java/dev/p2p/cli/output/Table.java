package dev.p2p.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell, two spaces between, a header in capitals, no lines. */
public final class Table {

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        this.header = List.of(header);
    }

    /** Adds a row with a cell for each column. */
    public Table row(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException("a row has " + header.size() + " cells, not " + cells.length);
        }
        rows.add(List.of(cells).stream().map(Printable::of).toList());
        return this;
    }

    /** The lines, header first. */
    public List<String> lines() {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int[] widths = new int[header.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Cells.width(row.get(i)));
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    public void print(PrintWriter out) {
        lines().forEach(out::println);
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            out.append(row.get(i)).repeat(' ', widths[i] - Cells.width(row.get(i)) + 2);
        }
        return out.toString().stripTrailing();
    }
}
