package dev.p2p.cli.target;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.output.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of a running node, read beside it, as it was when it was first asked for. Opened when it is needed, and once. */
final class NodeMemory implements AutoCloseable {

    private final Optional<StoreFolder> place;
    private @Nullable PeerStore store;
    private boolean tried;

    /** @param place where it lies, if that is known */
    NodeMemory(Optional<StoreFolder> place) {
        this.place = place;
    }

    /** What happened with a peer, newest first. A node may keep its peers in memory only; then there is nothing. */
    List<HistoryEvent> past(NodeId id, int limit) {
        try {
            PeerStore open = open();
            return open == null ? List.of() : open.history(id, limit);
        } catch (PeerStoreException e) {
            unreadable(e);
            return List.of();
        }
    }

    @Override
    public void close() {
        try {
            if (store != null) {
                store.close();
            }
        } catch (PeerStoreException e) {
            unreadable(e);
        }
    }

    private @Nullable PeerStore open() {
        if (!tried && place.isPresent()) {
            tried = true;
            try {
                store = place.get().open(Access.READ_ONLY);
            } catch (Failure e) {
                unreadable(e);
            }
        }
        return store;
    }

    private static void unreadable(Exception e) {
        System.getLogger(NodeMemory.class.getName())
                .log(System.Logger.Level.DEBUG, "the node's store cannot be read beside it", e);
    }
}
