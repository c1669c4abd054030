package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.router.control.Decision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The last decisions about the peers that were last decided about. Bounded in both directions. */
final class History {

    static final int DECISIONS_PER_PEER = 32;
    static final int PEERS = 4_096;

    private final LinkedHashMap<NodeId, ArrayDeque<Decision>> byPeer = new LinkedHashMap<>(16, 0.75f, true);

    void add(Decision decision) {
        Optional<NodeId> peer = decision.peer();
        if (peer.isEmpty()) {
            return;
        }
        ArrayDeque<Decision> decisions = byPeer.get(peer.get());
        if (decisions == null) {
            decisions = new ArrayDeque<>(4);
            byPeer.put(peer.get(), decisions);
            if (byPeer.size() > PEERS) {
                byPeer.pollFirstEntry();
            }
        } else if (decisions.size() == DECISIONS_PER_PEER) {
            decisions.removeLast();
        }
        decisions.addFirst(decision);
    }

    /** Newest first. */
    List<Decision> of(NodeId peer, int limit) {
        ArrayDeque<Decision> decisions = byPeer.get(peer);
        return decisions == null ? List.of() : new ArrayList<>(decisions).subList(0, Math.min(limit, decisions.size()));
    }

    void forget(NodeId peer) {
        byPeer.remove(peer);
    }

    int peers() {
        return byPeer.size();
    }
}
