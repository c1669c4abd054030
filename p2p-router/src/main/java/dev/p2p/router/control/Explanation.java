package dev.p2p.router.control;

import dev.p2p.api.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a peer stands where it stands, and what happens next.
 *
 * @param id the peer
 * @param peer what is known of it; empty if it is unknown
 * @param why one sentence for people
 * @param next what happens next; empty if nothing will without new input
 * @param score how the peer's standing comes about, one line for each part
 * @param decisions the last decisions about it, newest first
 */
public record Explanation(
        NodeId id,
        Optional<KnownPeer> peer,
        String why,
        Optional<NextStep> next,
        List<String> score,
        List<Decision> decisions) {

    public Explanation {
        score = List.copyOf(score);
        decisions = List.copyOf(decisions);
    }

    /**
     * What happens next.
     *
     * @param what one sentence for people
     * @param at when, at the earliest; empty if that depends on others
     */
    public record NextStep(String what, Optional<Instant> at) {}
}
