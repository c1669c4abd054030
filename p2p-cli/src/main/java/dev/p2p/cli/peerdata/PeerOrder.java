package dev.p2p.cli.peerdata;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFlag;
import java.time.Duration;
import java.util.Set;

/** What an operator wants done. */
public sealed interface PeerOrder {

    /** The longest ban; one "for ever" is as long. */
    Duration LONGEST_BAN = Duration.ofDays(36_500);

    /** Whom it is about, in full. */
    String subject();

    /** One about a known peer, or one that may become known. */
    sealed interface OfPeer extends PeerOrder {

        NodeId id();

        @Override
        default String subject() {
            return id().toString();
        }
    }

    /** One about a range of IP addresses. */
    sealed interface OfRange extends PeerOrder {

        IpBlock block();

        @Override
        default String subject() {
            return block().toString();
        }
    }

    /** Remember an address, and want this of its peer. */
    record Add(NodeAddress address, Set<PeerFlag> flags) implements PeerOrder {
        @Override
        public String subject() {
            return address.toString();
        }
    }

    /** Forget a peer. */
    record Remove(NodeId id) implements OfPeer {}

    /** Refuse a peer. */
    record Ban(NodeId id, Duration duration, String reason) implements OfPeer {}

    /** End a ban, with the back-off and the penalty behind it. */
    record Unban(NodeId id) implements OfPeer {}

    /** Refuse a range of IP addresses. */
    record Block(IpBlock block, Duration duration, String reason) implements OfRange {}

    /** End the ban of a range. */
    record Unblock(IpBlock block) implements OfRange {}

    /** Dial a peer now. */
    record Connect(NodeId id) implements OfPeer {}

    /** End the connection to a peer. */
    record Disconnect(NodeId id, String why) implements OfPeer {}
}
