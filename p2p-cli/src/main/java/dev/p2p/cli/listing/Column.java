package dev.p2p.cli.listing;

import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.output.Tone;
import dev.p2p.cli.output.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a listing: its name for options, filters and machine formats, its value, and how people see it. All formats
 * come from this one definition.
 *
 * @param name the field's stable name, lower case with underscores
 * @param title the header in tables
 * @param kind what the values are
 * @param value a row's value: a text, number, instant, truth value, list or map; null if it has none
 * @param text the value for people
 * @param tone what the value means
 */
public record Column<T>(
        String name,
        String title,
        FieldKind kind,
        Function<T, @Nullable Object> value,
        Text text,
        Function<Object, Tone> tone) {

    private static final int SHORT_IDENTITY = 10;

    /** How a value is shown. */
    @FunctionalInterface
    public interface Text {

        /**
         * A value as text.
         *
         * @param full whether there is room for all of it
         */
        String of(Object value, Instant now, boolean full);
    }

    /** A column whose title is its name in capitals. */
    public static <T> Column<T> of(String name, FieldKind kind, Function<T, @Nullable Object> value) {
        return new Column<>(
                name,
                name.toUpperCase(Locale.ROOT).replace('_', ' '),
                kind,
                value,
                (shown, now, full) -> plain(kind, shown, now, full),
                shown -> kind == FieldKind.IDENTITY ? Tone.IDENTITY : Tone.PLAIN);
    }

    /** The same column under another title. */
    public Column<T> titled(String newTitle) {
        return new Column<>(name, newTitle, kind, value, text, tone);
    }

    /** The same column, shown to people in another way. */
    public Column<T> shownAs(Text newText) {
        return new Column<>(name, title, kind, value, newText, tone);
    }

    /** The same column with a meaning for its values. */
    public Column<T> toned(Function<Object, Tone> newTone) {
        return new Column<>(name, title, kind, value, text, newTone);
    }

    boolean alignedRight() {
        return kind == FieldKind.NUMBER || kind == FieldKind.BYTES;
    }

    /** A row's cell for people; a dash where there is no value. */
    String cell(T row, Instant now, boolean full) {
        Object found = value.apply(row);
        return found == null ? "-" : text.of(found, now, full);
    }

    Tone cellTone(T row) {
        Object found = value.apply(row);
        return found == null ? Tone.DIM : tone.apply(found);
    }

    /** A row's value as JSON has it: instants are texts. */
    @Nullable
    Object machine(T row) {
        Object found = value.apply(row);
        return found instanceof Instant instant ? instant.toString() : found;
    }

    private static String plain(FieldKind kind, Object value, Instant now, boolean full) {
        return switch (kind) {
            case IDENTITY -> full ? value.toString() : shortened(value.toString());
            case TIME -> distance((Instant) value, now);
            case BYTES -> Units.bytes(((Number) value).doubleValue());
            case NUMBER -> number((Number) value);
            case FLAG -> Boolean.TRUE.equals(value) ? "yes" : "no";
            case NESTED -> nested(value);
            case TEXT -> value.toString();
        };
    }

    private static String number(Number value) {
        double number = value.doubleValue();
        return number == Math.rint(number)
                ? String.valueOf(value.longValue())
                : String.format(Locale.ROOT, "%.1f", number);
    }

    private static String shortened(String identity) {
        return identity.substring(0, Math.min(SHORT_IDENTITY, identity.length()));
    }

    private static String distance(Instant then, Instant now) {
        return then.isAfter(now) ? "in " + Units.duration(Duration.between(now, then)) : Units.ago(then, now);
    }

    /** Only the leaves, so that a list fits one cell. */
    private static String nested(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.isEmpty() ? "" : String.valueOf(map.values().iterator().next());
            case List<?> list ->
                String.join(" ", list.stream().map(Column::nested).toList());
            default -> value.toString();
        };
    }
}
