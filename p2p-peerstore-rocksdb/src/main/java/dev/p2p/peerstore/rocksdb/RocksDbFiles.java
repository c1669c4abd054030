package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** An open database with its column families and everything native that must be freed with it. */
final class RocksDbFiles {

    private static final System.Logger LOG = System.getLogger(RocksDbFiles.class.getName());

    /** A reader finds files gone when the writer compacts in just that moment; then it looks again. */
    private static final int READER_ATTEMPTS = 10;

    private final Path folder;
    private final RocksDB db;
    private final Access access;
    private final Map<Family, ColumnFamilyHandle> handles;
    private final Settings settings;
    private final List<String> lost;

    private RocksDbFiles(
            Path folder,
            RocksDB db,
            Access access,
            Map<Family, ColumnFamilyHandle> handles,
            Settings settings,
            List<String> lost) {
        this.folder = folder;
        this.db = db;
        this.access = access;
        this.handles = handles;
        this.settings = settings;
        this.lost = List.copyOf(lost);
    }

    /** Opens or makes a database, and brings it to the newest schema unless it is for reading only. */
    static RocksDbFiles open(Path folder, Access access) throws PeerStoreException {
        prepare(folder, access);
        RocksDB.loadLibrary();
        RocksDbFiles files =
                access == Access.READ_ONLY ? openBesideWriter(folder) : open(folder, access, new Settings());
        try {
            StoreSchema.check(files);
            files.lost().forEach(line -> LOG.log(Level.ERROR, "the peer store in " + folder + " was damaged: " + line));
            return files;
        } catch (RocksDBException e) {
            files.closeQuietly();
            throw Failures.opening(folder, e);
        } catch (PeerStoreException e) {
            files.closeQuietly();
            throw e;
        }
    }

    /** Opens a database with other settings, without a look at its schema. Takes over the settings. */
    static RocksDbFiles open(Path folder, Access access, Settings settings) throws PeerStoreException {
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        try {
            List<Family> families = families(folder, access);
            OpeningLog log = OpeningLog.before(folder);
            List<ColumnFamilyDescriptor> descriptors = families.stream()
                    .map(family -> new ColumnFamilyDescriptor(family.bytes(), settings.family()))
                    .toList();
            RocksDB db = access == Access.READ_ONLY
                    ? RocksDB.openReadOnly(settings.options(), folder.toString(), descriptors, opened)
                    : RocksDB.open(settings.options(), folder.toString(), descriptors, opened);
            Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
            for (int i = 0; i < families.size(); i++) {
                handles.put(families.get(i), opened.get(i));
            }
            List<String> lost = access == Access.READ_ONLY ? List.of() : log.complaints();
            return new RocksDbFiles(folder, db, access, handles, settings, lost);
        } catch (RocksDBException e) {
            settings.close();
            throw Failures.opening(folder, e);
        } catch (PeerStoreException e) {
            settings.close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    RocksDB db() {
        return db;
    }

    Access access() {
        return access;
    }

    /** What could not be read of the log when it was opened for writing, and is gone, for people. */
    List<String> lost() {
        return lost;
    }

    /** Whether the store has a family; one of an earlier schema that is open for reading may lack some. */
    boolean has(Family family) {
        return handles.containsKey(family);
    }

    ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = handles.get(family);
        if (handle == null) {
            throw new IllegalStateException("this store has no family " + family);
        }
        return handle;
    }

    /** Makes the log durable and frees everything, families first. */
    void close() throws RocksDBException {
        try {
            if (access == Access.READ_WRITE) {
                db.syncWal();
            }
        } finally {
            Settings.free(List.copyOf(handles.values()));
            db.close();
            settings.close();
        }
    }

    /** Frees everything, when what is in memory does not count or is known to have been refused. */
    void closeQuietly() {
        try {
            close();
        } catch (RocksDBException e) {
            LOG.log(Level.DEBUG, "the log could not be synced", e);
        }
    }

    private static RocksDbFiles openBesideWriter(Path folder) throws PeerStoreException {
        for (int attempt = 1; ; attempt++) {
            try {
                return open(folder, Access.READ_ONLY, new Settings());
            } catch (PeerStoreException e) {
                if (attempt == READER_ATTEMPTS
                        || !String.valueOf(e.getMessage()).contains("No such file")) {
                    throw e;
                }
            }
        }
    }

    /** For writing, all; for reading only, those that are there. */
    private static List<Family> families(Path folder, Access access) throws RocksDBException, PeerStoreException {
        List<Family> there = new ArrayList<>();
        if (Files.exists(folder.resolve("CURRENT"))) {
            try (Options options = new Options()) {
                for (byte[] name : RocksDB.listColumnFamilies(options, folder.toString())) {
                    there.add(Family.of(name).orElseThrow(() -> newer(name)));
                }
            }
            if (!there.contains(Family.META)) {
                throw new PeerStoreException(Problem.DAMAGED, "its files are damaged: the manifest lists no families");
            }
        }
        return access == Access.READ_ONLY ? there : List.of(Family.values());
    }

    private static PeerStoreException newer(byte[] name) {
        return new PeerStoreException(
                Problem.WRONG_VERSION,
                "it has a column family that this version lacks: "
                        + new String(name, StandardCharsets.UTF_8).replaceAll("[^a-z-]", "?"));
    }

    private static void prepare(Path folder, Access access) throws PeerStoreException {
        boolean current = Files.exists(folder.resolve("CURRENT"));
        if (!current && holdsRecords(folder)) {
            // RocksDB would make a new store in its place and delete these files.
            throw new PeerStoreException(Problem.DAMAGED, "its files are damaged: there is no file CURRENT");
        }
        if (access == Access.READ_ONLY && !current) {
            throw new PeerStoreException(Problem.NOT_FOUND, "there is no store in that folder");
        }
        if (access == Access.READ_WRITE) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new PeerStoreException(Problem.NOT_PERMITTED, "the folder cannot be made: " + e, e);
            }
            if (!Files.isWritable(folder)) {
                throw new PeerStoreException(Problem.NOT_PERMITTED, "this user may not write there");
            }
        }
    }

    /** Whether a folder has files of a store that hold something. */
    static boolean holdsRecords(Path folder) throws PeerStoreException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .anyMatch(name -> name.endsWith(".sst") || name.startsWith("MANIFEST-"));
        } catch (IOException e) {
            throw new PeerStoreException(Problem.NOT_PERMITTED, "the folder cannot be read: " + e, e);
        }
    }
}
