package dev.p2p.cli.exchange;

import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.PeerMemory;
import java.util.ArrayList;
import java.util.List;

/** What a file holds: the good, and what is wrong with the rest. */
public final class Batch {

    /** More are counted, not kept. */
    private static final int MAX_PROBLEMS = 10_000;

    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private long bad;

    /**
     * Something that can be used.
     *
     * @param place where, such as {@code entry 3 (line 41)}
     * @param peer what it says
     */
    public record Entry(String place, PeerMemory peer) {}

    /**
     * Something that cannot be used.
     *
     * @param place where
     * @param why the cause
     */
    public record Problem(String place, String why) {}

    public void add(String place, PeerMemory peer) {
        entries.add(new Entry(place, peer));
    }

    public void problem(String place, String why) {
        bad++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new Problem(place, why));
        }
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The records of the entries. */
    public List<PeerRecord> peers() {
        return entries.stream().map(entry -> entry.peer().record()).toList();
    }

    public List<Problem> problems() {
        return problems;
    }

    /** How much is wrong, also what is not kept. */
    public long bad() {
        return bad;
    }
}
