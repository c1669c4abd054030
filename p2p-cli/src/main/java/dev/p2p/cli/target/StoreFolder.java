package dev.p2p.cli.target;

import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.StoreFailures;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.plugin.Plugins;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A store on disk.
 *
 * @param folder where it lies
 * @param kind its kind, such as {@code rocksdb}
 * @param plugins where to look for more kinds
 */
public record StoreFolder(Path folder, String kind, Optional<Path> plugins) {

    /** Opens it. */
    public PeerStore open(Access access) {
        try {
            return provider().open(folder, access);
        } catch (PeerStoreException e) {
            throw failure(e);
        }
    }

    /** Its kind. */
    public PeerStoreProvider provider() {
        try {
            return Plugins.load(plugins).stores().require(kind);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), "p2p peers")
                    .tryThis("p2p plugins list")
                    .causedBy(e);
        }
    }

    /** What to tell of its problem. */
    public Failure failure(PeerStoreException e) {
        return StoreFailures.of(folder, e);
    }
}
