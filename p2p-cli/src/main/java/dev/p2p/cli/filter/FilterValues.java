package dev.p2p.cli.filter;

import dev.p2p.cli.filter.Filter.Operand;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of a filter, as the field's kind wants them. */
final class FilterValues {

    private static final Pattern AGE = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern BYTES =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)(B|KiB|MiB|GiB|TiB|kB|KB|MB|GB|TB)?");
    private static final Map<String, Duration> AGE_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private FilterValues() {}

    static Operand operand(String text, FieldKind kind, String field, int position) throws FilterException {
        return switch (kind) {
            case TEXT, IDENTITY -> new Operand.Word(text);
            case NUMBER -> new Operand.Amount(number(text, field, position));
            case BYTES -> new Operand.Amount(bytes(text, field, position));
            case TIME -> time(text, field, position);
            case FLAG -> truth(text, field, position);
            case NESTED -> throw new FilterException(position, field + " is a list and cannot be compared");
        };
    }

    private static double number(String text, String field, int position) throws FilterException {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new FilterException(position, field + " is a number, and \"" + text + "\" is none");
    }

    private static double bytes(String text, String field, int position) throws FilterException {
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            throw new FilterException(
                    position, field + " is in bytes; write a size such as 64KiB, not \"" + text + "\"");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        int power = "BKMGT".indexOf(unit.toUpperCase(Locale.ROOT).charAt(0));
        return Double.parseDouble(matcher.group(1)) * Math.pow(unit.endsWith("iB") ? 1024 : 1000, power);
    }

    private static Operand time(String text, String field, int position) throws FilterException {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            Duration unit = AGE_UNITS.getOrDefault(age.group(2), Duration.ofSeconds(1));
            return new Operand.Age(unit.multipliedBy(Long.parseLong(age.group(1))));
        }
        try {
            return new Operand.Moment(
                    text.length() == "2000-01-01".length()
                            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                            : Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new FilterException(
                    position,
                    field
                            + " is a time; write an age such as 30m or 2d, or an instant such as 2026-08-30T13:20:00Z, not \""
                            + text + "\"");
        }
    }

    private static Operand truth(String text, String field, int position) throws FilterException {
        return switch (text) {
            case "true", "yes" -> new Operand.Truth(true);
            case "false", "no" -> new Operand.Truth(false);
            default -> throw new FilterException(position, field + " is true or false, not \"" + text + "\"");
        };
    }
}
