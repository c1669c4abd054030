package dev.p2p.cli.listing;

import dev.p2p.cli.filter.FieldKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be listed: all its columns, and which of them people see first.
 *
 * @param kind the word for it in JSON
 * @param columns all columns; the first one names a row
 * @param table the names of those in a table
 * @param wide the names of those in a wide table
 */
public record Listing<T>(String kind, List<Column<T>> columns, List<String> table, List<String> wide) {

    public Listing {
        columns = List.copyOf(columns);
        table = List.copyOf(table);
        wide = List.copyOf(wide);
    }

    /** The column that names a row. */
    Column<T> key() {
        return columns.getFirst();
    }

    /** A column, or null. */
    @Nullable
    Column<T> column(String name) {
        for (Column<T> column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        return null;
    }

    /** The columns of these names; all of them exist. */
    List<Column<T>> named(List<String> names) {
        List<Column<T>> found = new ArrayList<>();
        for (String name : names) {
            Column<T> column = column(name);
            if (column == null) {
                throw new IllegalArgumentException("there is no column " + name);
            }
            found.add(column);
        }
        return found;
    }

    /** What a filter may ask for. */
    public Map<String, FieldKind> fields() {
        Map<String, FieldKind> fields = new LinkedHashMap<>();
        columns.forEach(column -> fields.put(column.name(), column.kind()));
        return fields;
    }

    /** A row as a filter sees it. */
    public Function<String, @Nullable Object> values(T row) {
        return name -> {
            Column<T> column = column(name);
            return column == null ? null : column.value().apply(row);
        };
    }
}
