package dev.p2p.cli.target;

import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.StoreFailures;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store on disk.
 *
 * @param folder where it lies
 * @param kind its kind, such as {@code rocksdb}
 * @param plugins where to look for more kinds
 */
public record StoreFolder(Path folder, String kind, Optional<Path> plugins) {

    /** The kind that keeps nothing. */
    static final String IN_MEMORY = "memory";

    public PeerStore open(Access access) {
        try {
            return provider().open(folder, access);
        } catch (PeerStoreException e) {
            throw failure(e);
        }
    }

    /** Opens it if it is there; what has nothing to add must not make one. */
    public PeerStore openExisting(Access access) {
        requireThere();
        return open(access);
    }

    /**
     * Makes sure that it is there.
     *
     * @throws Failure if it is not
     */
    void requireThere() {
        if (!isThere()) {
            throw failure(new PeerStoreException(Problem.NOT_FOUND, "there is no store in that folder"));
        }
    }

    /** Whether there is anything in the folder; what it is, shows in opening it. */
    boolean isThere() {
        if (kind.equals(IN_MEMORY)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
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
