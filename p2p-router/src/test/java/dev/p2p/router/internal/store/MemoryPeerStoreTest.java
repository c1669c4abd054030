package dev.p2p.router.internal.store;

import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.testkit.store.PeerStoreContract;
import java.nio.file.Path;

/** The store without a disk keeps every rule but those about the disk. */
class MemoryPeerStoreTest implements PeerStoreContract {

    @Override
    public PeerStoreProvider provider() {
        return new MemoryPeerStoreProvider();
    }

    @Override
    public Path folder() {
        return Path.of("unused");
    }

    @Override
    public boolean keeps() {
        return false;
    }
}
