package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB says, in the contract's words. */
final class Failures {

    private Failures() {}

    static PeerStoreException opening(Path folder, RocksDBException e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("LOCK") || text.contains("lock hold")) {
            return new PeerStoreException(Problem.LOCKED, "another process has it open", e);
        }
        if (isDamage(e) || text.contains("MANIFEST") || text.contains("CURRENT")) {
            return new PeerStoreException(Problem.DAMAGED, "its files are damaged: " + text, e);
        }
        PeerStoreException using = using(e);
        return using.problem() == Problem.IO && !isFull(e)
                ? new PeerStoreException(Problem.IO, "RocksDB cannot open " + folder + ": " + text, e)
                : using;
    }

    static PeerStoreException using(RocksDBException e) {
        String text = String.valueOf(e.getMessage());
        if (isFull(e)) {
            return new PeerStoreException(Problem.IO, "the disk is full: " + text, e);
        }
        if (isDamage(e)) {
            return new PeerStoreException(Problem.DAMAGED, "its files are damaged: " + text, e);
        }
        if (text.contains("Permission denied") || text.contains("Read-only file system")) {
            return new PeerStoreException(Problem.NOT_PERMITTED, text, e);
        }
        return new PeerStoreException(Problem.IO, "RocksDB failed: " + text, e);
    }

    static boolean isDamage(RocksDBException e) {
        return code(e) == Status.Code.Corruption
                || String.valueOf(e.getMessage()).startsWith("Corruption");
    }

    /** What the file system says when there is no room, also on a file system with quotas. */
    private static boolean isFull(RocksDBException e) {
        String text = String.valueOf(e.getMessage());
        return (e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace)
                || text.contains("No space left on device")
                || text.contains("Disk quota exceeded");
    }

    private static Status.Code code(RocksDBException e) {
        return e.getStatus() == null ? Status.Code.Undefined : e.getStatus().getCode();
    }
}
