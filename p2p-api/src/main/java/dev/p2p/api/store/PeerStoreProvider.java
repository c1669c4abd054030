package dev.p2p.api.store;

import java.nio.file.Path;

/** Publishes a peer store to {@link java.util.ServiceLoader}. Has a public constructor without parameters and no state. */
public interface PeerStoreProvider {

    /** The store's name for configuration, lower case, such as {@code rocksdb}. */
    String name();

    /**
     * Opens a store.
     *
     * @param folder where it lives; made if it is missing. A store that keeps nothing ignores it
     * @param access whether it may be changed
     * @throws PeerStoreException if it cannot be opened; the problem says why
     */
    PeerStore open(Path folder, Access access) throws PeerStoreException;

    /**
     * Saves what is readable of a store that is damaged, even so badly that it cannot be opened, into a new one. The damaged
     * store stays as it is. Nobody may have it open for writing.
     *
     * @param damaged the folder of the damaged store
     * @param into the folder of the new one; missing or empty
     * @return what was saved and what was not
     * @throws PeerStoreException if there is nothing that looks like a store, or the new one cannot be written
     */
    default SalvageReport salvage(Path damaged, Path into) throws PeerStoreException {
        try (PeerStore from = open(damaged, Access.READ_ONLY);
                PeerStore to = open(into, Access.READ_WRITE)) {
            return new StoreCopy(from, to).run();
        }
    }

    /** What an opened store may be used for. */
    enum Access {
        /** Everything, by one process at a time; the folder is made if it is missing. */
        READ_WRITE,
        /**
         * Reading only; the folder must exist, and nothing in it changes. Also while another process has it open for writing: then
         * it shows the store as it was when it was opened.
         */
        READ_ONLY
    }
}
