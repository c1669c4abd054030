package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;

/**
 * Opens the incoming frames of one connection, in place and strictly in order (section 2.5).
 *
 * <p>Used by one thread at a time; misuse by two is refused. Allocates nothing per frame with libcrypto. Its owner
 * closes it.
 */
public final class FrameOpener implements AutoCloseable {

    private final FrameCipher cipher;
    private final ExclusiveUse use;
    private long counter;

    FrameOpener(FrameCipher cipher, long firstCounter) {
        this.cipher = cipher;
        this.use = new ExclusiveUse(cipher::close);
        this.counter = firstCounter;
    }

    /**
     * Opens one frame. Its data then stands at {@code offset + 4}; what follows the data is padding of any content.
     *
     * @param frames made by {@link CryptoSuite#allocate(int)} of the same suite, holding {@link FrameLayout#SEALED}
     *     bytes from {@code offset} on below its limit; position, limit and byte order are neither used nor changed
     * @param offset absolute index of the frame
     * @return number of data bytes, 1 to {@link FrameLayout#DATA}
     * @throws FrameException if the frame is refused; close the connection. The counter stays, and nothing of a frame
     *     with a bad tag is left in the buffer
     * @throws IllegalArgumentException if the buffer is of the wrong kind
     * @throws IllegalStateException if closed, or in use by another thread
     */
    public int open(ByteBuffer frames, int offset) throws FrameException {
        FrameLayout.requireRoom(frames, offset, 1);
        use.enter();
        try {
            if (counter == FrameLayout.COUNTER_END) {
                throw new FrameException(FrameException.Reason.COUNTER_EXHAUSTED);
            }
            if (!cipher.crypt(frames, offset, counter)) {
                FrameLayout.erase(frames, offset);
                throw new FrameException(FrameException.Reason.BAD_TAG);
            }
            int length = requireLength(FrameLayout.length(frames, offset));
            counter++;
            return length;
        } finally {
            use.exit();
        }
    }

    /** Frees the key. Harmless when repeated, safe from any thread. */
    @Override
    public void close() {
        use.close();
    }

    private static int requireLength(int length) throws FrameException {
        if (length == 0) {
            throw new FrameException(FrameException.Reason.ZERO_LENGTH);
        }
        if (Integer.compareUnsigned(length, FrameLayout.DATA) > 0) {
            throw new FrameException(FrameException.Reason.BAD_LENGTH);
        }
        return length;
    }
}
