package dev.p2p.cli.filter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A condition on rows, read by {@link FilterParser}. A field without a value fulfils no comparison but {@code !=}. */
public sealed interface Filter {

    /** Takes every row. */
    Filter EVERYTHING = new All(List.of());

    /**
     * Whether a row fulfils it.
     *
     * @param row gives a field's value, or null
     * @param now what ages are counted from
     */
    boolean test(Function<String, @Nullable Object> row, Instant now);

    /** All of them. */
    record All(List<Filter> parts) implements Filter {
        @Override
        public boolean test(Function<String, @Nullable Object> row, Instant now) {
            return parts.stream().allMatch(part -> part.test(row, now));
        }
    }

    /** At least one of them. */
    record Any(List<Filter> parts) implements Filter {
        @Override
        public boolean test(Function<String, @Nullable Object> row, Instant now) {
            return parts.stream().anyMatch(part -> part.test(row, now));
        }
    }

    /** The opposite. */
    record Not(Filter part) implements Filter {
        @Override
        public boolean test(Function<String, @Nullable Object> row, Instant now) {
            return !part.test(row, now);
        }
    }

    /** The field has a value, and not {@code false}. */
    record Present(String field) implements Filter {
        @Override
        public boolean test(Function<String, @Nullable Object> row, Instant now) {
            Object value = row.apply(field);
            return value != null && !Boolean.FALSE.equals(value);
        }
    }

    /** The field is one of several values. */
    record In(String field, FieldKind kind, List<Operand> values) implements Filter {
        @Override
        public boolean test(Function<String, @Nullable Object> row, Instant now) {
            return values.stream().anyMatch(value -> new Compare(field, kind, Operator.EQUAL, value).test(row, now));
        }
    }

    /** The field compared with a value. */
    record Compare(String field, FieldKind kind, Operator operator, Operand operand) implements Filter {
        @Override
        public boolean test(Function<String, @Nullable Object> row, Instant now) {
            Object value = row.apply(field);
            if (value == null) {
                return operator == Operator.NOT_EQUAL;
            }
            return switch (operand) {
                case Operand.Word(var text) -> operator.text(String.valueOf(value), text, kind);
                case Operand.Amount(double amount) -> operator.order(Double.compare(number(value), amount));
                case Operand.Truth(boolean truth) -> operator.order(Boolean.compare((Boolean) value, truth));
                case Operand.Moment(var moment) -> operator.order(((Instant) value).compareTo(moment));
                case Operand.Age(var age) ->
                    operator.order(distance((Instant) value, now).compareTo(age));
            };
        }

        private static double number(Object value) {
            return ((Number) value).doubleValue();
        }

        private static Duration distance(Instant value, Instant now) {
            return Duration.between(value, now).abs();
        }
    }

    /** What a field is compared with. */
    sealed interface Operand {

        record Word(String text) implements Operand {}

        /** A number. */
        record Amount(double amount) implements Operand {}

        /** A truth value. */
        record Truth(boolean truth) implements Operand {}

        /** An instant. */
        record Moment(Instant moment) implements Operand {}

        /** How far an instant is from now, into the past or the future. */
        record Age(Duration age) implements Operand {}
    }

    /** How two values are compared. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        AT_MOST,
        MORE,
        AT_LEAST,
        /** Contains, whatever the case. */
        CONTAINS;

        /** The shortest beginning of an identity that counts as its name. */
        private static final int LEAST_DIGITS = 4;

        boolean order(int comparison) {
            return switch (this) {
                case EQUAL, CONTAINS -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case MORE -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }

        boolean text(String value, String operand, FieldKind kind) {
            if (this == CONTAINS) {
                return value.toLowerCase(Locale.ROOT).contains(operand.toLowerCase(Locale.ROOT));
            }
            boolean begins = kind == FieldKind.IDENTITY
                    && operand.length() >= LEAST_DIGITS
                    && value.startsWith(operand.toLowerCase(Locale.ROOT));
            return order(begins ? 0 : value.compareTo(operand));
        }
    }
}
