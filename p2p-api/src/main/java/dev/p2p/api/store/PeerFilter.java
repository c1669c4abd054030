package dev.p2p.api.store;

import dev.p2p.api.NodeId;

/** Which records a scan returns. */
public sealed interface PeerFilter {

    /** All of them. */
    PeerFilter ALL = new All();

    /** Whether a record is returned. */
    boolean matches(PeerRecord peer);

    /** All records. */
    record All() implements PeerFilter {
        @Override
        public boolean matches(PeerRecord peer) {
            return true;
        }
    }

    /**
     * Records of identities from this one on, for paging.
     *
     * @param first the smallest identity that is returned
     */
    record From(NodeId first) implements PeerFilter {
        @Override
        public boolean matches(PeerRecord peer) {
            return peer.id().compareTo(first) >= 0;
        }
    }

    /** Records with a ban, ended or not. */
    record WithBan() implements PeerFilter {
        @Override
        public boolean matches(PeerRecord peer) {
            return peer.ban().isPresent();
        }
    }
}
