package dev.p2p.peerstore.rocksdb;

import org.jspecify.annotations.Nullable;

/** One record does not read back. Never stops the store. */
final class DamagedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
