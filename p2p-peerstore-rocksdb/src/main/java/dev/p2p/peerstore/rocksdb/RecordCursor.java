package dev.p2p.peerstore.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractRocksIterator;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/**
 * Walks over a family in the order of its keys, and past what cannot be read. RocksDB's own iterator ends at a damaged block; this one
 * looks for the next key behind it: with doubling steps until something is readable, then back by halves. Keys are looked for by
 * their first 8 bytes, which is fine enough because identities are spread like a hash.
 */
final class RecordCursor implements AutoCloseable {

    private final Supplier<Position> positions;
    private Position at;
    private final List<Gap> gaps = new ArrayList<>();
    private boolean valid;

    private byte @Nullable [] key;

    /** Damage is behind this one. */
    private byte[] before = {};

    /**
     * A stretch of keys that could not be read.
     *
     * @param from first 8 bytes of the last key before it, as an unsigned number
     * @param to first 8 bytes of the key behind it; all ones if nothing behind it was readable
     * @param cause what RocksDB said
     */
    record Gap(long from, long to, String cause) {

        static final long END = -1;

        /** A gap over all keys. */
        static Gap everything(String cause) {
            return new Gap(0, END, cause);
        }

        boolean contains(byte[] key) {
            long prefix = prefix(key);
            return Long.compareUnsigned(prefix, from) >= 0 && Long.compareUnsigned(prefix, to) <= 0;
        }

        @Override
        public String toString() {
            HexFormat hex = HexFormat.of();
            return "unreadable between " + hex.toHexDigits(from) + "… and " + hex.toHexDigits(to) + "…: " + cause;
        }
    }

    /** With a snapshot in the options it sees nothing newer, else it may beyond a gap. */
    RecordCursor(RocksDbFiles files, Family family, ReadOptions options) {
        this(() -> new Position(files.db().newIterator(files.handle(family), options)));
    }

    RecordCursor(SstFileReader table, ReadOptions options) {
        this(() -> new Position(table.newIterator(options)));
    }

    private RecordCursor(Supplier<Position> positions) {
        this.positions = positions;
        this.at = positions.get();
    }

    /** One of RocksDB's two kinds of iterators. */
    private record Position(AbstractRocksIterator<?> iterator, Supplier<byte[]> key, Supplier<byte[]> value) {

        Position(RocksIterator iterator) {
            this(iterator, iterator::key, iterator::value);
        }

        Position(SstFileReaderIterator iterator) {
            this(iterator, iterator::key, iterator::value);
        }
    }

    void first() throws RocksDBException {
        at.iterator.seekToFirst();
        before = new byte[0];
        settle();
    }

    /** Goes to a key or the first one behind it. */
    void seek(byte[] key) throws RocksDBException {
        at.iterator.seek(key);
        before = key;
        settle();
    }

    boolean isValid() {
        return valid;
    }

    void next() throws RocksDBException {
        before = key();
        at.iterator.next();
        settle();
    }

    byte[] key() {
        if (key == null) {
            key = at.key.get();
        }
        return key;
    }

    byte[] value() {
        return at.value.get();
    }

    /** What could not be read so far. */
    List<Gap> gaps() {
        return Collections.unmodifiableList(gaps);
    }

    @Override
    public void close() {
        at.iterator.close();
    }

    /** Finds a readable key behind the last one, if there is none here and damage is why. */
    private void settle() throws RocksDBException {
        key = null;
        valid = at.iterator.isValid();
        RocksDBException damage = valid ? null : damage();
        if (damage == null) {
            return;
        }
        long from = prefix(before);
        long unreadable = from;
        long readable = from;
        for (long step = 1; ; step <<= 1) {
            readable = unreadable + step;
            if (step <= 0 || Long.compareUnsigned(readable, unreadable) < 0) {
                valid = false;
                gaps.add(new Gap(from, Gap.END, String.valueOf(damage.getMessage())));
                return;
            }
            if (canRead(readable)) {
                break;
            }
            unreadable = readable;
        }
        while (readable - unreadable != 1) {
            long middle = unreadable + ((readable - unreadable) >>> 1);
            if (canRead(middle)) {
                readable = middle;
            } else {
                unreadable = middle;
            }
        }
        valid = canRead(readable) && at.iterator.isValid();
        gaps.add(new Gap(from, readable, String.valueOf(damage.getMessage())));
    }

    /** With a new iterator each time: one that met damage may stay at it, though it is asked for a key behind (RocksDB 11.8). */
    private boolean canRead(long prefix) throws RocksDBException {
        at.iterator.close();
        at = positions.get();
        at.iterator.seek(ByteBuffer.allocate(Long.BYTES).putLong(prefix).array());
        return damage() == null;
    }

    private @Nullable RocksDBException damage() throws RocksDBException {
        if (at.iterator.isValid()) {
            return null;
        }
        try {
            at.iterator.status();
            return null;
        } catch (RocksDBException e) {
            if (Failures.isDamage(e) || String.valueOf(e.getMessage()).contains("No such file")) {
                return e;
            }
            throw e;
        }
    }

    private static long prefix(byte[] key) {
        return ByteBuffer.wrap(Arrays.copyOf(key, Long.BYTES)).getLong();
    }
}
