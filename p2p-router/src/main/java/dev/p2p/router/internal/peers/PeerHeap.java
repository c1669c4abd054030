package dev.p2p.router.internal.peers;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Peers in the order of a number, smallest first, then of their lots and identities. Adding, moving and removing cost O(log n),
 * because each peer knows its place.
 */
final class PeerHeap {

    /** Which of a peer's places a heap uses. */
    enum Use {
        QUEUE,
        SHELF,
        EXPIRY
    }

    private static final int FIRST_ROOM = 16;

    private final Use use;
    private long[] keys = new long[FIRST_ROOM];
    private @Nullable PeerEntry[] entries = new PeerEntry[FIRST_ROOM];
    private int size;

    PeerHeap(Use use) {
        this.use = use;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The smallest number. Only if there is a peer. */
    long firstKey() {
        return keys[0];
    }

    /** The peer with the smallest number, or null. */
    @Nullable
    PeerEntry first() {
        return size == 0 ? null : entries[0];
    }

    /** A peer's number. Only if it is in here. */
    long keyOf(PeerEntry entry) {
        return keys[place(entry)];
    }

    /** Adds a peer, or gives it another number. */
    void put(PeerEntry entry, long key) {
        if (heap(entry) == this) {
            int at = place(entry);
            if (keys[at] != key) {
                boolean up = key < keys[at];
                keys[at] = key;
                if (up) {
                    siftUp(at);
                } else {
                    siftDown(at);
                }
            }
            return;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            entries = Arrays.copyOf(entries, 2 * size);
        }
        set(size, entry, key);
        enter(entry);
        siftUp(size++);
    }

    void remove(PeerEntry entry) {
        int at = place(entry);
        leave(entry);
        size--;
        PeerEntry last = entries[size];
        entries[size] = null;
        if (at < size && last != null) {
            set(at, last, keys[size]);
            siftUp(at);
            siftDown(place(last));
        }
    }

    void forEach(Consumer<PeerEntry> action) {
        for (int i = 0; i < size; i++) {
            PeerEntry entry = entries[i];
            if (entry != null) {
                action.accept(entry);
            }
        }
    }

    private void siftUp(int from) {
        int at = from;
        while (at > 0 && before(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void siftDown(int from) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && before(child + 1, child)) {
                child++;
            }
            if (!before(child, at)) {
                return;
            }
            swap(child, at);
            at = child;
        }
    }

    private boolean before(int one, int other) {
        if (keys[one] != keys[other]) {
            return keys[one] < keys[other];
        }
        PeerEntry first = at(one);
        PeerEntry second = at(other);
        return first.lot != second.lot ? first.lot < second.lot : first.id.compareTo(second.id) < 0;
    }

    private void swap(int one, int other) {
        PeerEntry moved = at(one);
        long key = keys[one];
        set(one, at(other), keys[other]);
        set(other, moved, key);
    }

    private PeerEntry at(int index) {
        PeerEntry entry = entries[index];
        if (entry == null) {
            throw new IllegalStateException("a heap has no gaps");
        }
        return entry;
    }

    private void set(int index, PeerEntry entry, long key) {
        entries[index] = entry;
        keys[index] = key;
        switch (use) {
            case QUEUE -> entry.queueAt = index;
            case SHELF -> entry.shelfAt = index;
            case EXPIRY -> entry.expiryAt = index;
        }
    }

    private int place(PeerEntry entry) {
        return switch (use) {
            case QUEUE -> entry.queueAt;
            case SHELF -> entry.shelfAt;
            case EXPIRY -> entry.expiryAt;
        };
    }

    private @Nullable PeerHeap heap(PeerEntry entry) {
        return switch (use) {
            case QUEUE -> entry.queue;
            case SHELF -> entry.shelf;
            case EXPIRY -> entry.expiry;
        };
    }

    private void enter(PeerEntry entry) {
        home(entry, this);
    }

    private void leave(PeerEntry entry) {
        home(entry, null);
    }

    private void home(PeerEntry entry, @Nullable PeerHeap heap) {
        switch (use) {
            case QUEUE -> entry.queue = heap;
            case SHELF -> entry.shelf = heap;
            case EXPIRY -> entry.expiry = heap;
        }
    }
}
