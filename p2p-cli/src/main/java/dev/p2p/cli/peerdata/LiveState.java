package dev.p2p.cli.peerdata;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a peer stands in a running node.
 *
 * @param state in one word, such as {@code connected} or {@code backing-off}
 * @param score its reputation now
 * @param nextAttempt when it is due to be dialed
 * @param course its reputation each minute of the last hour of its connection, oldest first, and now; empty if it is not connected
 * @param link its connection, if there is one
 */
public record LiveState(
        String state, double score, Optional<Instant> nextAttempt, List<Double> course, Optional<LiveLink> link) {

    public LiveState {
        course = List.copyOf(course);
    }
}
