package dev.p2p.cli.exchange;

import dev.p2p.cli.json.JsonProblem;
import java.util.ArrayList;
import java.util.List;

/** A line of comma-separated values (RFC 4180); a cell holds no line break. */
final class CsvLine {

    private CsvLine() {}

    static String cell(String text) {
        String flat = text.replace('\n', ' ').replace('\r', ' ');
        boolean plain = flat.chars().noneMatch(c -> c == ',' || c == '"');
        return plain ? flat : "\"" + flat.replace("\"", "\"\"") + "\"";
    }

    static List<String> cells(String line) throws JsonProblem {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                boolean two = c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (c != '"' || two) {
                    cell.append(c);
                    i += two ? 1 : 0;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new JsonProblem("the quotes do not end");
        }
        cells.add(cell.toString());
        return cells;
    }
}
