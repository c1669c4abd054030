package dev.p2p.cli.listing;

import dev.p2p.cli.filter.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Takes rows one by one and keeps those that are to be shown, so that memory is bounded by what is shown. */
public final class Selection<T> {

    private final Listing<T> listing;
    private final Filter filter;
    private final Instant now;
    private final int limit;
    private final @Nullable Comparator<Numbered<T>> order;
    private final List<T> kept = new ArrayList<>();
    private final @Nullable PriorityQueue<Numbered<T>> best;
    private long seen;
    private long matching;
    private boolean about;

    private record Numbered<T>(T row, long number) {}

    Selection(Listing<T> listing, Filter filter, @Nullable Comparator<T> order, int limit, Instant now) {
        this.listing = listing;
        this.filter = filter;
        this.now = now;
        this.limit = limit == 0 ? Integer.MAX_VALUE : limit;
        this.order = order == null
                ? null
                : Comparator.comparing((Numbered<T> n) -> n.row(), order).thenComparingLong(Numbered::number);
        this.best = this.order == null ? null : new PriorityQueue<>(this.order.reversed());
    }

    public void offer(T row) {
        seen++;
        if (filter != Filter.EVERYTHING && !filter.test(listing.values(row), now)) {
            return;
        }
        matching++;
        if (best == null) {
            if (kept.size() < limit) {
                kept.add(row);
            }
            return;
        }
        best.add(new Numbered<>(row, matching));
        if (best.size() > limit) {
            best.poll();
        }
    }

    /** Whether further rows only count. */
    public boolean satisfied() {
        return best == null && filter == Filter.EVERYTHING && kept.size() >= limit;
    }

    /** Counts rows that were not offered because the selection was satisfied. */
    public void skip(long rows) {
        seen += rows;
        matching += rows;
    }

    /** The same, where their number is only known about. */
    public void skipAbout(long rows) {
        skip(rows);
        about = true;
    }

    /** Whether the number of rows is only known about. */
    boolean about() {
        return about;
    }

    /** What is to be shown, in order. */
    List<T> rows() {
        if (best == null || order == null) {
            return kept;
        }
        return best.stream().sorted(order).map(Numbered::row).toList();
    }

    /** How many rows fulfil the filter. */
    long matching() {
        return matching;
    }

    /** How many rows there are. */
    long seen() {
        return seen;
    }
}
