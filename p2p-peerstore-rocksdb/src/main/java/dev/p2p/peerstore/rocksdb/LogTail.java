package dev.p2p.peerstore.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Where a write-ahead log ends. The system may end the write of a process that is killed after any page, and RocksDB reports the rest of a
 * record that it finds then just as it reports a damaged length with sound records behind it. Nothing that was acknowledged is lost in the
 * first case, much in the second.
 *
 * <p>A log is a sequence of blocks of 32 KiB; each holds records of a checksum (4 bytes, CRC-32C of what follows the length, rotated and
 * with a constant added), a length (2 bytes, of the data), a kind (1 byte) and data, little-endian; none goes over the end of a block
 * (RocksDB's document "Write Ahead Log File Format").
 */
final class LogTail {

    private static final int BLOCK = 1 << 15;
    private static final int LENGTH_AT = 4;
    private static final int KIND_AT = 6;
    private static final int HEADER = 7;
    private static final int CHECKSUM_ROTATION = 15;
    private static final int CHECKSUM_DELTA = 0xa282ead8;

    private final ByteBuffer block;

    private LogTail(ByteBuffer block) {
        this.block = block;
    }

    /** Reads the last block. */
    static LogTail of(Path log) throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = file.size();
            long start = Math.max(0, size - 1) / BLOCK * BLOCK;
            ByteBuffer block = ByteBuffer.allocate((int) (size - start)).order(ByteOrder.LITTLE_ENDIAN);
            while (block.hasRemaining() && file.read(block, start + block.position()) >= 0) {
                continue;
            }
            return new LogTail(block.flip());
        }
    }

    /** Whether the log ends within a record that was never whole: no beginning of the rest is one, and none stands in it. */
    boolean isUnfinished() {
        int at = 0;
        while (at + HEADER <= block.limit() && at + HEADER + length(at) <= block.limit()) {
            at += HEADER + length(at);
        }
        return at + HEADER > block.limit() || !holdsRecord(at);
    }

    private boolean holdsRecord(int cut) {
        if (isRecordOfAnyLength(cut)) {
            return true;
        }
        for (int at = cut + 1; at + HEADER <= block.limit(); at++) {
            if (at + HEADER + length(at) <= block.limit() && isRecord(at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isRecordOfAnyLength(int at) {
        int expected = block.getInt(at);
        CRC32C checksum = new CRC32C();
        for (int end = at + KIND_AT; end < block.limit(); end++) {
            checksum.update(block.get(end));
            if (masked(checksum) == expected) {
                return true;
            }
        }
        return false;
    }

    private boolean isRecord(int at) {
        CRC32C checksum = new CRC32C();
        checksum.update(block.slice(at + KIND_AT, 1 + length(at)));
        return masked(checksum) == block.getInt(at);
    }

    private int length(int at) {
        return Short.toUnsignedInt(block.getShort(at + LENGTH_AT));
    }

    private static int masked(CRC32C checksum) {
        return Integer.rotateRight((int) checksum.getValue(), CHECKSUM_ROTATION) + CHECKSUM_DELTA;
    }
}
