package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Lets operations have the database together, and closing have it alone, so that nothing touches freed native memory.
 *
 * <p>Also opens the database anew after its log could not be written. RocksDB (11.8, tried with a full disk) refuses all writes from then
 * on, also when there is space again. If it cannot be opened for writing yet it is opened for reading, so that reading goes on.
 */
final class Gate {

    private static final System.Logger LOG = System.getLogger(Gate.class.getName());

    /** What opening writes beside the log's contents: a manifest, options, an information log. */
    private static final long SPACE_TO_OPEN = 1L << 20;

    private final Path folder;
    private final Access access;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Set<Walk> walks = ConcurrentHashMap.newKeySet();
    private @Nullable RocksDbFiles files;
    private boolean closed;

    Gate(RocksDbFiles files) {
        this.folder = files.folder();
        this.access = files.access();
        this.files = files;
    }

    /** What is done with the database. */
    interface Work<T> {
        T with(RocksDbFiles files) throws RocksDBException, PeerStoreException;
    }

    /** Something native that must be freed before the database. */
    interface Walk {
        void free();
    }

    <T> T use(Work<T> work) throws PeerStoreException {
        lock.readLock().lock();
        try {
            return work.with(open());
        } catch (RocksDBException e) {
            throw Failures.using(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Frees walks and other short-lived things; not while the database is being freed. */
    void release(Walk walk) {
        lock.readLock().lock();
        try {
            if (walks.remove(walk)) {
                walk.free();
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Called while the database is in use. */
    void add(Walk walk) {
        walks.add(walk);
    }

    /**
     * Opens the database anew.
     *
     * @throws PeerStoreException if it still cannot be written
     */
    void reopen() throws PeerStoreException {
        lock.writeLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            requireSpace();
            walks.forEach(Walk::free);
            walks.clear();
            if (files != null) {
                files.closeQuietly();
                files = null;
            }
            try {
                files = RocksDbFiles.open(folder, access);
                LOG.log(Level.INFO, "the peer store is open for writing again");
            } catch (PeerStoreException e) {
                files = readingAtLeast(e);
                throw e;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Frees everything. May be called again. */
    void close() throws PeerStoreException {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                walks.forEach(Walk::free);
                walks.clear();
                if (files != null) {
                    files.close();
                }
            }
        } catch (RocksDBException e) {
            throw Failures.using(e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private RocksDbFiles open() throws PeerStoreException {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        if (files == null) {
            throw new PeerStoreException(Problem.IO, "the store could not be opened again after a failure");
        }
        return files;
    }

    private @Nullable RocksDbFiles readingAtLeast(PeerStoreException cause) {
        try {
            return RocksDbFiles.open(folder, Access.READ_ONLY);
        } catch (PeerStoreException e) {
            cause.addSuppressed(e);
            return null;
        }
    }

    /** Does not try to open where that must fail: it could not write what is in the log. */
    private void requireSpace() throws PeerStoreException {
        try (Stream<Path> all = Files.list(folder)) {
            long logs = 0;
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".log")).toList()) {
                logs += Files.size(file);
            }
            if (Files.getFileStore(folder).getUsableSpace() < logs + SPACE_TO_OPEN) {
                throw new PeerStoreException(Problem.IO, "the disk is full");
            }
        } catch (IOException e) {
            throw new PeerStoreException(Problem.IO, "the store's folder cannot be read: " + e, e);
        }
    }
}
