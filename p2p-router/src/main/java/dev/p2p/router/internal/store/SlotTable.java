package dev.p2p.router.internal.store;

import dev.p2p.api.NodeId;
import java.util.Arrays;

/**
 * Numbers identities: 20 bytes for each and 4 for its place in a hash table that is at most three quarters full. Numbers of removed ones are
 * given away again. Not safe for several threads.
 */
final class SlotTable {

    private static final int EMPTY = -1;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final long seed;
    private long[] high;
    private long[] middle;
    private int[] low;
    private int[] places;
    private int size;
    private int used;
    private int firstFree = EMPTY;

    SlotTable(int slots, long seed) {
        this.seed = seed;
        high = new long[slots];
        middle = new long[slots];
        low = new int[slots];
        places = empty(slots);
    }

    int size() {
        return size;
    }

    /** How many numbers there is room for. */
    int slots() {
        return low.length;
    }

    NodeId id(int slot) {
        return new NodeId(high[slot], middle[slot], low[slot]);
    }

    /** An identity's number, or a negative one if it has none. */
    int find(NodeId id) {
        return places[place(id)];
    }

    /** An identity's number; a new one, if it has none, makes {@link #slots()} grow when there is no room. */
    int findOrAdd(NodeId id) {
        int place = place(id);
        if (places[place] != EMPTY) {
            return places[place];
        }
        int slot = firstFree;
        if (slot != EMPTY) {
            firstFree = low[slot];
        } else {
            if (used == low.length) {
                grow();
                place = place(id);
            }
            slot = used++;
        }
        high[slot] = id.high();
        middle[slot] = id.middle();
        low[slot] = id.low();
        places[place] = slot;
        size++;
        return slot;
    }

    /**
     * Takes an identity's number away.
     *
     * @return the number that it had, or a negative one
     */
    int remove(NodeId id) {
        int place = place(id);
        int slot = places[place];
        if (slot == EMPTY) {
            return EMPTY;
        }
        low[slot] = firstFree;
        firstFree = slot;
        size--;
        close(place);
        return slot;
    }

    /** Moves up what stands behind an emptied place and would no longer be found (Knuth, volume 3, algorithm 6.4 R). */
    private void close(int emptied) {
        int mask = places.length - 1;
        int gap = emptied;
        places[gap] = EMPTY;
        for (int at = (gap + 1) & mask; places[at] != EMPTY; at = (at + 1) & mask) {
            int home = home(high[places[at]], middle[places[at]]);
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                places[gap] = places[at];
                places[at] = EMPTY;
                gap = at;
            }
        }
    }

    private int place(NodeId id) {
        int mask = places.length - 1;
        int at = home(id.high(), id.middle());
        while (places[at] != EMPTY && !is(places[at], id)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private boolean is(int slot, NodeId id) {
        return high[slot] == id.high() && middle[slot] == id.middle() && low[slot] == id.low();
    }

    private int home(long high, long middle) {
        long mixed = ((high ^ seed) * MIX ^ middle) * MIX;
        return (int) (mixed >>> 32) & (places.length - 1);
    }

    private void grow() {
        int slots = (int) Math.min(Integer.MAX_VALUE / 2, low.length + (long) low.length / 4 + 1);
        high = Arrays.copyOf(high, slots);
        middle = Arrays.copyOf(middle, slots);
        low = Arrays.copyOf(low, slots);
        if (slots > places.length / 4L * 3) {
            places = empty(slots);
            for (int slot = 0; slot < used; slot++) {
                places[place(id(slot))] = slot;
            }
        }
    }

    /** Places for so many numbers and a third more, at a power of two. */
    private static int[] empty(int slots) {
        int length = Integer.highestOneBit(Math.max(1, slots + slots / 3)) << 1;
        int[] places = new int[length];
        Arrays.fill(places, EMPTY);
        return places;
    }
}
