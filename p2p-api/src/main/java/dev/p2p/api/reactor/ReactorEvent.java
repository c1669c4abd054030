package dev.p2p.api.reactor;

import com.google.protobuf.Message;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;

/** What can happen to a reactor. Closed, so that a {@code switch} over it is complete. */
public sealed interface ReactorEvent {

    /**
     * The first event: the node listens, and will accept and dial from now on.
     *
     * @param self what this node tells of itself
     */
    record Started(NodeInfo self) implements ReactorEvent {}

    /**
     * A peer is connected and serves at least one of the reactor's channels.
     *
     * @param peer the connection
     * @param info what the peer tells of itself
     * @param direction who dialed
     * @param remote the peer's end as the network shows it
     */
    record PeerUp(PeerRef peer, NodeInfo info, Direction direction, Endpoint remote) implements ReactorEvent {}

    /**
     * A message arrived.
     *
     * @param from the connection it came on
     * @param channel the channel it came on
     * @param message the decoded message
     */
    record Received<M extends Message>(PeerRef from, ChannelId channel, M message) implements ReactorEvent {}

    /**
     * The connection is gone. Nothing more comes from it.
     *
     * @param peer the connection
     * @param reason why it ended
     */
    record PeerDown(PeerRef peer, Reason reason) implements ReactorEvent {}

    /**
     * A timer fired. Firings that could not be delivered in time are one event.
     *
     * @param timer the name given to {@link ReactorSetup#every}
     */
    record Tick(String timer) implements ReactorEvent {}

    /** The last event: the node closes. Messages sent now are still written if there is time. */
    record Stopping() implements ReactorEvent {}
}
