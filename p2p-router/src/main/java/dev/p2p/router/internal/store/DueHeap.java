package dev.p2p.router.internal.store;

import java.util.Arrays;

/**
 * Slots ordered by when they are due: 16 bytes each. An indexed heap with four children a node, so that the instant of any slot can change
 * in logarithmic time. Among equal instants a fixed lot decides, drawn from a seed, so that nobody's identity gives it a place in front.
 * Not safe for several threads.
 */
final class DueHeap {

    private static final int CHILDREN = 4;
    private static final int ABSENT = -1;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final long seed;
    private long[] due;
    private int[] place;
    private int[] heap;
    private int size;

    DueHeap(int capacity, long seed) {
        this.seed = seed;
        this.due = new long[capacity];
        this.place = new int[capacity];
        this.heap = new int[capacity];
        Arrays.fill(place, ABSENT);
    }

    void grow(int capacity) {
        int before = place.length;
        due = Arrays.copyOf(due, capacity);
        heap = Arrays.copyOf(heap, capacity);
        place = Arrays.copyOf(place, capacity);
        Arrays.fill(place, before, capacity, ABSENT);
    }

    int size() {
        return size;
    }

    boolean holds(int slot) {
        return place[slot] != ABSENT;
    }

    /** The slot that is due first; there must be one. */
    int first() {
        return heap[0];
    }

    long due(int slot) {
        return due[slot];
    }

    /** Puts a slot in, or changes its instant. */
    void put(int slot, long instant) {
        due[slot] = instant;
        if (!holds(slot)) {
            heap[size] = slot;
            place[slot] = size++;
        }
        up(place[slot]);
        down(place[slot]);
    }

    void remove(int slot) {
        int at = place[slot];
        if (at == ABSENT) {
            return;
        }
        place[slot] = ABSENT;
        int last = heap[--size];
        if (last != slot) {
            heap[at] = last;
            place[last] = at;
            up(at);
            down(place[last]);
        }
    }

    private void up(int from) {
        int slot = heap[from];
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / CHILDREN;
            if (!before(slot, heap[parent])) {
                break;
            }
            set(at, heap[parent]);
            at = parent;
        }
        set(at, slot);
    }

    private void down(int from) {
        int slot = heap[from];
        int at = from;
        while (true) {
            int least = slot;
            int leastAt = at;
            int child = CHILDREN * at + 1;
            int end = Math.min(size, child + CHILDREN);
            for (; child < end; child++) {
                if (before(heap[child], least)) {
                    least = heap[child];
                    leastAt = child;
                }
            }
            if (leastAt == at) {
                break;
            }
            set(at, least);
            at = leastAt;
        }
        set(at, slot);
    }

    private void set(int at, int slot) {
        heap[at] = slot;
        place[slot] = at;
    }

    private boolean before(int a, int b) {
        return due[a] != due[b] ? due[a] < due[b] : lot(a) < lot(b);
    }

    private long lot(int slot) {
        long mixed = (slot + seed) * MIX;
        return (mixed ^ mixed >>> 29) * MIX;
    }
}
