package dev.p2p.cli.listing;

import dev.p2p.cli.filter.Filter;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Rows for a command's own use. */
public final class Collected {

    private Collected() {}

    /**
     * All rows that fulfil a condition.
     *
     * @param now what ages are counted from
     */
    public static <T> List<T> rows(Listing<T> listing, Filter condition, Instant now, Consumer<Selection<T>> source) {
        Selection<T> selection = new Selection<>(listing, condition, null, 0, now);
        source.accept(selection);
        return selection.rows();
    }

    /** All rows. */
    public static <T> List<T> all(Instant now, Consumer<Selection<T>> source) {
        return rows(new Listing<>("", List.of(), List.of(), List.of()), Filter.EVERYTHING, now, source);
    }
}
