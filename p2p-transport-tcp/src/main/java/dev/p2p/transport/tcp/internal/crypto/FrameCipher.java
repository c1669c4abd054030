package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;

/**
 * ChaCha20-Poly1305 (RFC 8439) without associated data over frames of fixed size, in place, one key and one direction.
 *
 * <p>Knows nothing of counters, lengths and misuse: {@link FrameSealer} and {@link FrameOpener} do, once for all
 * implementations. They call from one thread at a time, {@link #close()} last and once.
 */
interface FrameCipher extends AutoCloseable {

    /** What a cipher was made for. */
    enum Mode {
        SEAL,
        OPEN
    }

    /** Makes ciphers of one implementation. */
    @FunctionalInterface
    interface Source {

        /**
         * Makes a cipher.
         *
         * @param key 32 bytes; not kept, the caller wipes it
         */
        FrameCipher keyed(byte[] key, Mode mode);
    }

    /**
     * Seals the 1028 plain bytes at {@code offset} and writes the tag behind them, or opens the 1044 bytes there.
     *
     * @param frames of the kind that {@link CryptoSuite#allocate(int)} makes, with room checked; position and limit are
     *     neither used nor changed
     * @param counter the nonce's 64 bits
     * @return true; when opening, false if the tag does not fit, and the 1028 bytes are then undefined
     */
    boolean crypt(ByteBuffer frames, int offset, long counter);

    /** Frees and wipes what the implementation holds. */
    @Override
    void close();
}
