package dev.p2p.router.internal.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The unverified peers that count against one quota. Each knows its place, so that all operations cost O(1). */
final class QuotaBucket {

    /** How often one is drawn that may go, before the newcomer is refused instead. */
    private static final int DRAWS = 8;

    final String name;
    private final boolean ofSource;
    private final List<PeerEntry> members = new ArrayList<>();

    QuotaBucket(String name, boolean ofSource) {
        this.name = name;
        this.ofSource = ofSource;
    }

    int size() {
        return members.size();
    }

    void add(PeerEntry entry) {
        place(entry, members.size());
        members.add(entry);
    }

    void remove(PeerEntry entry) {
        int at = ofSource ? entry.sourceAt : entry.groupAt;
        PeerEntry last = members.removeLast();
        if (last != entry) {
            members.set(at, last);
            place(last, at);
        }
    }

    /** One that may go, by lot; null if the draws met only peers that are in use. */
    @Nullable
    PeerEntry drawIdle(RandomGenerator random) {
        for (int i = 0; i < DRAWS && !members.isEmpty(); i++) {
            PeerEntry drawn = members.get(random.nextInt(members.size()));
            if (drawn.shelf != null) {
                return drawn;
            }
        }
        return null;
    }

    private void place(PeerEntry entry, int at) {
        if (ofSource) {
            entry.sourceAt = at;
        } else {
            entry.groupAt = at;
        }
    }
}
