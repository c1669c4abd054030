package dev.p2p.router.internal.store;

import dev.p2p.api.store.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The changes of one peer, or of one range of addresses, that wait: forget it, then what holds now, then events in order. */
public final class PendingEntry {

    private final ArrayDeque<Change.Append> events = new ArrayDeque<>();
    private Change.@Nullable Delete forget;
    private @Nullable Change record;
    private @Nullable CompletableFuture<@Nullable Void> written;

    PendingEntry() {}

    /** In place of what waited before it. */
    void put(Change change) {
        record = change;
    }

    /** What came before it is void. */
    void delete(Change.Delete change) {
        forget = change;
        record = null;
        events.clear();
    }

    void append(Change.Append change) {
        events.add(change);
    }

    boolean dropOldestEvent() {
        return events.poll() != null;
    }

    int events() {
        return events.size();
    }

    List<Change> changes() {
        List<Change> changes = new ArrayList<>(events.size() + 2);
        if (forget != null) {
            changes.add(forget);
        }
        if (record != null) {
            changes.add(record);
        }
        changes.addAll(events);
        return changes;
    }

    /** One for each who asks, so that none can complete another's. */
    CompletableFuture<@Nullable Void> acknowledgement() {
        if (written == null) {
            written = new CompletableFuture<>();
        }
        return written.copy();
    }

    void finish(@Nullable Throwable cause) {
        if (written != null && cause == null) {
            written.complete(null);
        } else if (written != null && cause != null) {
            written.completeExceptionally(cause);
        }
    }
}
