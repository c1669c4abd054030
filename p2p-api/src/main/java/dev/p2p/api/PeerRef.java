package dev.p2p.api;

/**
 * One connection of one peer. A peer that comes back has the same identity and another connection number, so whatever
 * still names the old connection is recognised as stale instead of hitting its successor.
 *
 * @param id the peer's proven identity
 * @param connection a number that this process gives to no other connection
 */
public record PeerRef(NodeId id, long connection) {

    @Override
    public String toString() {
        return id.shortText() + "#" + connection;
    }
}
