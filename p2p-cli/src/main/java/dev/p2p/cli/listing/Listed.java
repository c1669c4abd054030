package dev.p2p.cli.listing;

import dev.p2p.cli.filter.FieldKind;
import java.time.Instant;
import java.util.Comparator;

/** The order of values of a kind. */
final class Listed {

    private Listed() {}

    static Comparator<Object> order(FieldKind kind) {
        return switch (kind) {
            case NUMBER, BYTES -> Comparator.comparingDouble(value -> ((Number) value).doubleValue());
            case TIME -> Comparator.comparing(value -> (Instant) value);
            case FLAG -> Comparator.comparing(value -> (Boolean) value);
            case TEXT, IDENTITY, NESTED -> Comparator.comparing(String::valueOf);
        };
    }
}
