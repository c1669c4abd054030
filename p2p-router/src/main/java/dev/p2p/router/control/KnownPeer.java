package dev.p2p.router.control;

import dev.p2p.api.Direction;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A peer at one moment: what is remembered of it and what is going on.
 *
 * @param record what is remembered
 * @param flags what is wanted of it, by configuration or by an operator
 * @param state where it stands
 * @param score its reputation now, decayed; 0 is neutral
 * @param nextAttempt when it is due to be dialed; empty while connected or dialing, and without an address
 * @param connection its connection, if there is one
 */
public record KnownPeer(
        PeerRecord record,
        Set<PeerFlag> flags,
        PeerState state,
        double score,
        Optional<Instant> nextAttempt,
        Optional<Live> connection) {

    public KnownPeer {
        flags = Set.copyOf(flags);
    }

    /**
     * A peer's connection.
     *
     * @param peer the connection
     * @param direction who dialed
     * @param slot what it counts against
     * @param since when it was admitted
     * @param view what the peer tells of itself and what went over the connection; empty in the moment between the decision
     *     to admit it and its first thread, and after its end
     */
    public record Live(PeerRef peer, Direction direction, SlotClass slot, Instant since, Optional<PeerView> view) {}
}
