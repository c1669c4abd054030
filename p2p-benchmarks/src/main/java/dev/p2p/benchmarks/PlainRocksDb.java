package dev.p2p.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB without anything around it, given keys and values that are ready: what the disk's library can do at best. */
final class PlainRocksDb implements AutoCloseable {

    private final Options options;
    private final RocksDB db;

    PlainRocksDb(Path folder) throws RocksDBException {
        RocksDB.loadLibrary();
        options = new Options().setCreateIfMissing(true).setCompressionType(CompressionType.LZ4_COMPRESSION);
        db = RocksDB.open(options, folder.toString());
    }

    /** A key and its value. */
    record Entry(byte[] key, byte[] value) {}

    /** What a store of this platform holds of its first peers in the order of their keys. */
    static List<Entry> entries(Path store, int limit) throws RocksDBException {
        RocksDB.loadLibrary();
        List<Entry> entries = new ArrayList<>(limit);
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB db = RocksDB.openReadOnly(
                        options,
                        store.toString(),
                        List.of(
                                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                                new ColumnFamilyDescriptor("peers".getBytes(StandardCharsets.UTF_8))),
                        handles)) {
            try (RocksIterator at = db.newIterator(handles.get(1))) {
                for (at.seekToFirst(); at.isValid() && entries.size() < limit; at.next()) {
                    entries.add(new Entry(at.key(), at.value()));
                }
                at.status();
            }
            handles.forEach(ColumnFamilyHandle::close);
        }
        return entries;
    }

    void write(List<Entry> entries) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch();
                WriteOptions write = new WriteOptions()) {
            for (Entry entry : entries) {
                batch.put(entry.key(), entry.value());
            }
            db.write(write, batch);
        }
    }

    @Override
    public void close() {
        db.close();
        options.close();
    }
}
