package dev.p2p.router.internal.store;

import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreProvider;
import java.nio.file.Path;

/** Publishes {@code memory}: a store for tests and for nodes that shall leave no trace. */
public final class MemoryPeerStoreProvider implements PeerStoreProvider {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public PeerStore open(Path folder, Access access) {
        return new MemoryPeerStore();
    }
}
