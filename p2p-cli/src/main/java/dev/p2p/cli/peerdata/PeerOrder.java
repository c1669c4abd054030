package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import java.time.Instant;

/** What an operator wants done with a peer. */
public sealed interface PeerOrder {

    /** Whom it is about, in full. */
    String subject();

    /** Remember an address. */
    record Add(NodeAddress address) implements PeerOrder {
        @Override
        public String subject() {
            return address.toString();
        }
    }

    /** Forget a peer. */
    record Remove(NodeId id) implements PeerOrder {
        @Override
        public String subject() {
            return id.toString();
        }
    }

    /** Refuse a peer until an instant. */
    record Ban(NodeId id, Instant until, String reason) implements PeerOrder {
        @Override
        public String subject() {
            return id.toString();
        }
    }

    /** End a ban, with the back-off and the penalty behind it. */
    record Unban(NodeId id) implements PeerOrder {
        @Override
        public String subject() {
            return id.toString();
        }
    }
}
