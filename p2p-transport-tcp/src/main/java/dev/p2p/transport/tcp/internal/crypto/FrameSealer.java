package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;

/**
 * Seals the outgoing frames of one connection, in place and strictly in order (section 2.5).
 *
 * <p>Used by one thread at a time, which also writes the frames in that order; misuse by two is refused. Allocates
 * nothing per frame with libcrypto. Its owner closes it.
 */
public final class FrameSealer implements AutoCloseable {

    private final FrameCipher cipher;
    private final ExclusiveUse use;
    private long counter;

    FrameSealer(FrameCipher cipher, long firstCounter) {
        this.cipher = cipher;
        this.use = new ExclusiveUse(cipher::close);
        this.counter = firstCounter;
    }

    /**
     * Seals one frame whose data stands at {@code offset + 4}. The length, zero padding and the tag are written
     * around it: {@link FrameLayout#SEALED} bytes from {@code offset} on are ready to send.
     *
     * @param frames made by {@link CryptoSuite#allocate(int)} of the same suite; its limit bounds the frame,
     *     position, limit and byte order are neither used nor changed
     * @param offset absolute index of the frame
     * @param dataLength 1 to {@link FrameLayout#DATA}
     * @throws FrameException if the counter is exhausted; close the connection
     * @throws IllegalArgumentException if the length is out of range or the buffer is of the wrong kind
     * @throws IllegalStateException if closed, or in use by another thread
     */
    public void seal(ByteBuffer frames, int offset, int dataLength) throws FrameException {
        seal(frames, offset, 1, dataLength);
    }

    /**
     * Seals consecutive frames, {@link FrameLayout#SEALED} bytes apart, all full but the last.
     *
     * @param count number of frames, at least 1
     * @param lastDataLength data bytes of the last frame, 1 to {@link FrameLayout#DATA}
     * @throws FrameException as in {@link #seal(ByteBuffer, int, int)}; frames before the exhaustion are sealed then
     */
    public void seal(ByteBuffer frames, int offset, int count, int lastDataLength) throws FrameException {
        if (count < 1 || lastDataLength < 1 || lastDataLength > FrameLayout.DATA) {
            throw new IllegalArgumentException(count + " frames, the last with " + lastDataLength + " bytes");
        }
        FrameLayout.requireRoom(frames, offset, count);
        use.enter();
        try {
            int last = offset + (count - 1) * FrameLayout.SEALED;
            for (int frame = offset; frame < last; frame += FrameLayout.SEALED) {
                sealNext(frames, frame, FrameLayout.DATA);
            }
            sealNext(frames, last, lastDataLength);
        } finally {
            use.exit();
        }
    }

    /** Frees the key. Harmless when repeated, safe from any thread. */
    @Override
    public void close() {
        use.close();
    }

    private void sealNext(ByteBuffer frames, int offset, int dataLength) throws FrameException {
        if (counter == FrameLayout.COUNTER_END) {
            throw new FrameException(FrameException.Reason.COUNTER_EXHAUSTED);
        }
        FrameLayout.frame(frames, offset, dataLength);
        cipher.crypt(frames, offset, counter);
        counter++;
    }
}
