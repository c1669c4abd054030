package dev.p2p.api.store;

import java.nio.file.Path;

/** Publishes a peer store to {@link java.util.ServiceLoader}. Has a public constructor without parameters and no state. */
public interface PeerStoreProvider {

    /** The store's name for configuration, lower case, such as {@code rocksdb}. */
    String name();

    /**
     * Opens a store, for one process at a time.
     *
     * @param folder where it lives; made if it is missing. A store that keeps nothing ignores it
     * @param access whether it may be changed
     * @throws PeerStoreException if it cannot be opened; the problem says why
     */
    PeerStore open(Path folder, Access access) throws PeerStoreException;

    /** What an opened store may be used for. */
    enum Access {
        /** Everything; the folder is made if it is missing. */
        READ_WRITE,
        /** Reading only; the folder must exist, and nothing in it changes. */
        READ_ONLY
    }
}
