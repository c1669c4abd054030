package dev.p2p.router.internal.peers;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import java.util.HashMap;
import java.util.Map;

/** What a {@link RandomPeerWorld} has written, as it would be read again. */
final class PlayStore {

    final Map<NodeId, PeerRecord> peers = new HashMap<>();
    final Map<IpBlock, Mark> blocks = new HashMap<>();

    void write(Change change) {
        switch (change) {
            case Change.Put(var peer) -> peers.put(peer.id(), peer);
            case Change.Delete(var id) -> peers.remove(id);
            case Change.Block(var block, var mark) -> blocks.put(block, mark);
            case Change.Unblock(var block) -> blocks.remove(block);
            case Change.Append _ -> {}
        }
    }
}
