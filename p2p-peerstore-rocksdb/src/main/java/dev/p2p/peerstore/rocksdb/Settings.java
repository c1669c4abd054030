package dev.p2p.peerstore.rocksdb;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/**
 * How databases are tuned, and the native objects of that; freed after the database.
 *
 * <p>LZ4; a small block cache; indexes and filters outside of it, because inside they evict each other (a read then takes 60 to
 * 290 µs and not 4); small write buffers and few log files, because a node has little memory to spare for this.
 */
final class Settings implements AutoCloseable {

    private static final long BLOCK_CACHE_BYTES = 16L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final double BLOOM_BITS = 10;

    private final List<AutoCloseable> natives = new ArrayList<>();
    private final ColumnFamilyOptions family;
    private final DBOptions options;

    Settings() {
        LRUCache cache = keep(new LRUCache(BLOCK_CACHE_BYTES));
        BloomFilter bloom = keep(new BloomFilter(BLOOM_BITS));
        family = keep(new ColumnFamilyOptions())
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(bloom)
                        .setCacheIndexAndFilterBlocks(false));
        options = keep(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2)
                .setMaxTotalWalSize(4 * WRITE_BUFFER_BYTES);
    }

    /** For reading what may be damaged: goes on where these databases usually stop. */
    Settings tolerant() {
        options.setParanoidChecks(false).setWalRecoveryMode(WALRecoveryMode.SkipAnyCorruptedRecords);
        return this;
    }

    ColumnFamilyOptions family() {
        return family;
    }

    DBOptions options() {
        return options;
    }

    @Override
    public void close() {
        free(natives);
    }

    /** Frees in the opposite order; an object that cannot be freed keeps no other from it. */
    static void free(List<? extends AutoCloseable> natives) {
        for (AutoCloseable one : natives.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                System.getLogger(Settings.class.getName())
                        .log(System.Logger.Level.WARNING, "a native object was not freed", e);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T made) {
        natives.add(made);
        return made;
    }
}
