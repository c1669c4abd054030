package dev.p2p.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table with colours: columns as wide as their widest cell, numbers to the right, two spaces between, no lines. */
public final class Grid {

    private final List<String> header;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<List<Tone>> tones = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param header the columns' titles
     * @param right which columns are aligned to the right
     */
    public Grid(List<String> header, boolean... right) {
        this.header = List.copyOf(header);
        this.right = right.clone();
    }

    /** Adds a row with a cell and a tone for each column. */
    public void row(List<String> cells, List<Tone> colours) {
        if (cells.size() != header.size() || colours.size() != header.size()) {
            throw new IllegalArgumentException("a row has " + header.size() + " cells, not " + cells.size());
        }
        rows.add(cells.stream().map(Printable::of).toList());
        tones.add(List.copyOf(colours));
    }

    public void print(PrintWriter out, boolean withHeader, Ink ink) {
        int[] widths = widths(withHeader);
        if (withHeader) {
            out.println(line(header, List.of(), widths, Ink.NONE));
        }
        for (int i = 0; i < rows.size(); i++) {
            out.println(line(rows.get(i), tones.get(i), widths, ink));
        }
    }

    private int[] widths(boolean withHeader) {
        int[] widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = withHeader ? width(header.get(i)) : 0;
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return widths;
    }

    private String line(List<String> cells, List<Tone> colours, int[] widths, Ink ink) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            boolean last = i == cells.size() - 1;
            int gap = widths[i] - width(cells.get(i));
            Tone tone = colours.isEmpty() ? Tone.PLAIN : colours.get(i);
            String cell = ink.paint(tone, cells.get(i));
            out.repeat(' ', right[i] ? gap : 0).append(cell).repeat(' ', last ? 0 : (right[i] ? 0 : gap) + 2);
        }
        return out.toString().stripTrailing();
    }

    private static int width(String text) {
        return Cells.width(text);
    }
}
