package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * An open database with its column families and everything native that must be freed with it.
 *
 * <p>Settings: LZ4; a small block cache; indexes and filters outside of it, because inside they evict each other; one log a
 * database, small files kept few.
 */
final class RocksDbFiles {

    private static final byte[] PEERS = "peers".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HISTORY = "history".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SCHEMA_KEY = "schema".getBytes(StandardCharsets.UTF_8);
    private static final long BLOCK_CACHE_BYTES = 16L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final double BLOOM_BITS = 10;

    private final RocksDB db;
    private final Access access;
    private final List<ColumnFamilyHandle> handles;
    private final List<AutoCloseable> natives;

    private RocksDbFiles(RocksDB db, Access access, List<ColumnFamilyHandle> handles, List<AutoCloseable> natives) {
        this.db = db;
        this.access = access;
        this.handles = handles;
        this.natives = natives;
    }

    /** Opens or makes a database. */
    static RocksDbFiles open(Path folder, Access access) throws PeerStoreException {
        prepare(folder, access);
        RocksDB.loadLibrary();
        List<AutoCloseable> natives = new ArrayList<>();
        LRUCache cache = keep(natives, new LRUCache(BLOCK_CACHE_BYTES));
        BloomFilter bloom = keep(natives, new BloomFilter(BLOOM_BITS));
        ColumnFamilyOptions family = keep(natives, new ColumnFamilyOptions())
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(bloom)
                        .setCacheIndexAndFilterBlocks(false));
        DBOptions options = keep(natives, new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2)
                .setMaxTotalWalSize(4 * WRITE_BUFFER_BYTES);
        List<ColumnFamilyDescriptor> families = List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
                new ColumnFamilyDescriptor(PEERS, family),
                new ColumnFamilyDescriptor(HISTORY, family));
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB db = access == Access.READ_ONLY
                    ? RocksDB.openReadOnly(options, folder.toString(), families, handles)
                    : RocksDB.open(options, folder.toString(), families, handles);
            RocksDbFiles files = new RocksDbFiles(db, access, handles, natives);
            files.requireSchema();
            return files;
        } catch (RocksDBException e) {
            free(natives);
            throw explained(folder, e);
        }
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle peers() {
        return handles.get(1);
    }

    ColumnFamilyHandle history() {
        return handles.get(2);
    }

    /** Makes the log durable and frees everything, families first. */
    void close() throws RocksDBException {
        try {
            if (access == Access.READ_WRITE) {
                db.syncWal();
            }
        } finally {
            free(List.copyOf(handles));
            db.close();
            free(natives);
        }
    }

    private void requireSchema() throws RocksDBException, PeerStoreException {
        byte[] stored = db.get(SCHEMA_KEY);
        if (stored == null && access == Access.READ_WRITE) {
            db.put(SCHEMA_KEY, String.valueOf(RecordCodec.SCHEMA).getBytes(StandardCharsets.UTF_8));
        }
        String schema =
                stored == null ? String.valueOf(RecordCodec.SCHEMA) : new String(stored, StandardCharsets.UTF_8);
        if (!schema.matches("\\d{1,9}") || Integer.parseInt(schema) > RecordCodec.SCHEMA) {
            close();
            throw new PeerStoreException(
                    Problem.WRONG_VERSION,
                    "it has schema " + schema + ", this version knows up to " + RecordCodec.SCHEMA);
        }
    }

    private static void prepare(Path folder, Access access) throws PeerStoreException {
        if (access == Access.READ_ONLY && !Files.exists(folder.resolve("CURRENT"))) {
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

    private static PeerStoreException explained(Path folder, RocksDBException e) {
        String text = String.valueOf(e.getMessage());
        Status.Code code =
                e.getStatus() == null ? Status.Code.Undefined : e.getStatus().getCode();
        if (text.contains("LOCK") || text.contains("lock hold")) {
            return new PeerStoreException(Problem.LOCKED, "another process has it open", e);
        }
        if (code == Status.Code.Corruption
                || text.startsWith("Corruption")
                || text.contains("MANIFEST")
                || text.contains("CURRENT")) {
            return new PeerStoreException(Problem.DAMAGED, "its files are damaged: " + text, e);
        }
        if (text.contains("Permission denied") || text.contains("Read-only file system")) {
            return new PeerStoreException(Problem.NOT_PERMITTED, text, e);
        }
        return new PeerStoreException(Problem.IO, "RocksDB cannot open " + folder + ": " + text, e);
    }

    private static <T extends AutoCloseable> T keep(List<AutoCloseable> natives, T made) {
        natives.add(made);
        return made;
    }

    private static void free(List<? extends AutoCloseable> natives) {
        for (AutoCloseable one : natives.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                System.getLogger(RocksDbFiles.class.getName())
                        .log(System.Logger.Level.WARNING, "a native object was not freed", e);
            }
        }
    }
}
