package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which identities have a ban, ended or not. The peer manager writes; every thread may read, so that a handshake ends with the proof of a
 * banned identity, before this node has told it anything.
 */
final class IdentityBans {

    private final Map<NodeId, Mark> marks = new ConcurrentHashMap<>();

    /** Takes over what a peer's record says. */
    void follow(PeerRecord record) {
        if (record.ban().isPresent()) {
            marks.put(record.id(), record.ban().get());
        } else {
            marks.remove(record.id());
        }
    }

    void forget(NodeId id) {
        marks.remove(id);
    }

    boolean holdAt(NodeId id, Instant now) {
        Mark mark = marks.get(id);
        return mark != null && mark.holdsAt(now);
    }

    /** How many hold. */
    int countAt(Instant now) {
        return (int) marks.values().stream().filter(mark -> mark.holdsAt(now)).count();
    }
}
