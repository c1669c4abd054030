package dev.p2p.api.reactor;

import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import java.time.Instant;

/**
 * A connected peer at one moment.
 *
 * @param peer the connection
 * @param info what the peer tells of itself
 * @param direction who dialed
 * @param remote the peer's end as the network shows it
 * @param since when the connection was made
 * @param traffic what went over it so far
 */
public record PeerView(
        PeerRef peer, NodeInfo info, Direction direction, Endpoint remote, Instant since, Traffic traffic) {}
