package dev.p2p.cli.exchange;

import dev.p2p.api.store.PeerRecord;
import java.util.ArrayList;
import java.util.List;

/** What a file holds: the good, and what is wrong with the rest. */
public final class Batch {

    /** More are counted, not kept. */
    private static final int MAX_PROBLEMS = 10_000;

    private final List<PeerRecord> peers = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private long bad;

    /**
     * Something that cannot be used.
     *
     * @param place where, such as {@code entry 3 (line 41)}
     * @param why the cause
     */
    public record Problem(String place, String why) {}

    public void add(PeerRecord peer) {
        peers.add(peer);
    }

    public void problem(String place, String why) {
        bad++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new Problem(place, why));
        }
    }

    public List<PeerRecord> peers() {
        return peers;
    }

    public List<Problem> problems() {
        return problems;
    }

    /** How much is wrong, also what is not kept. */
    public long bad() {
        return bad;
    }
}
