package dev.p2p.cli.listing;

import dev.p2p.cli.output.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cells of comma-separated values (RFC 4180). */
final class Csv {

    private Csv() {}

    /** A cell. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
    static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Map<?, ?> map -> quoted(Json.line(map));
            case List<?> list -> quoted(Json.line(list));
            case Number number -> number.toString();
            default -> quoted(harmless(value.toString()));
        };
    }

    /** A name on a line of its own. */
    static String line(@Nullable Object value) {
        return value == null ? "" : value.toString().replace('\n', ' ').replace('\r', ' ');
    }

    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
