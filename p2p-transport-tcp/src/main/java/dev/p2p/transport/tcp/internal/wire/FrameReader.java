package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.TransportException;
import dev.p2p.transport.tcp.internal.crypto.FrameLayout;
import dev.p2p.transport.tcp.internal.crypto.FrameOpener;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The plaintext stream behind sealed frames (section 2.5). Frame borders carry no meaning: bytes left over stay for the next
 * reader of the stream.
 *
 * <p>One buffer holds plaintext that is not consumed yet, directly followed by ciphertext that is not complete yet; frames are
 * opened in place and their data moved together. While nothing comes, the reader waits on a buffer of one frame; larger ones
 * are borrowed, and none before the peer is known ({@link #widen()}). Used by one thread.
 */
final class FrameReader {

    /** Capacity of a small buffer: one frame, and so much more that it shows whether another one is waiting behind it. */
    static final int SMALL_BYTES = FrameLayout.SEALED + 64;

    /** A read of this many bytes promises more, so the large buffer is kept. */
    private static final int BUSY_BYTES = 16 * 1_024;

    private final ByteStream raw;
    private final FrameOpener opener;
    private final BufferPool pool;
    private final BufferPool smallPool;
    private final ByteBuffer small;
    private ByteBuffer buffer;
    private boolean mayWiden;
    private boolean released;
    private int plainStart;
    private int plainEnd;
    private int cipherEnd;
    private boolean busy;
    private volatile long bytesRead;

    FrameReader(ByteStream raw, FrameOpener opener, BufferPool pool, BufferPool smallPool) {
        this.raw = raw;
        this.opener = opener;
        this.pool = pool;
        this.smallPool = smallPool;
        this.small = smallPool.borrow();
        this.buffer = small;
    }

    /** Lets the reader borrow large buffers from now on: the peer has proven itself. */
    void widen() {
        mayWiden = true;
    }

    /** How many plaintext bytes can be consumed without reading. */
    int available() {
        return plainEnd - plainStart;
    }

    /** The buffer that holds them, from {@link #position()} on. Valid until the next {@link #fill()}. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** The index of the first of them. */
    int position() {
        return plainStart;
    }

    void consume(int bytes) {
        plainStart += bytes;
    }

    /** Bytes read from the stream so far. Any thread. */
    long bytesRead() {
        return bytesRead;
    }

    /**
     * Reads once and opens what is complete.
     *
     * @return false at the end of the stream
     * @throws TransportException with {@code BAD_FRAME} or, if the stream ends inside a frame, {@code NETWORK_FAILURE}
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    boolean fill() throws IOException {
        prepare();
        buffer.position(cipherEnd);
        int count = raw.read(buffer);
        if (count < 0) {
            if (cipherEnd > plainEnd) {
                throw new TransportException(Reason.NETWORK_FAILURE, "the stream ended inside a frame");
            }
            return false;
        }
        bytesRead += count;
        cipherEnd += count;
        busy = count >= BUSY_BYTES || (buffer == small && cipherEnd == small.capacity());
        open();
        return true;
    }

    /** Gives the buffers back. Nothing can be read any more. Called by the reading thread, once. */
    void release() {
        if (buffer != small) {
            pool.giveBack(buffer);
            buffer = small;
        }
        if (!released) {
            released = true;
            smallPool.giveBack(small);
        }
        plainStart = 0;
        plainEnd = 0;
        cipherEnd = 0;
    }

    /** Moves what is left to the front, into the small buffer's place if there is nothing, into a large one if more is expected. */
    private void prepare() {
        int plain = plainEnd - plainStart;
        int cipher = cipherEnd - plainEnd;
        boolean large = buffer != small;
        if (large && plain + cipher == 0 && !busy) {
            pool.giveBack(buffer);
            buffer = small;
        } else if (!large && mayWiden && (plain > 0 || busy)) {
            ByteBuffer wider = pool.borrow();
            wider.put(0, buffer, plainStart, plain + cipher);
            buffer = wider;
        } else if (plainStart > 0) {
            buffer.put(0, buffer, plainStart, plain + cipher);
        }
        plainStart = 0;
        plainEnd = plain;
        cipherEnd = plain + cipher;
        buffer.limit(buffer.capacity());
    }

    private void open() throws IOException {
        int frame = plainEnd;
        while (cipherEnd - frame >= FrameLayout.SEALED) {
            int length = opener.open(buffer, frame);
            buffer.put(plainEnd, buffer, frame + FrameLayout.LENGTH_BYTES, length);
            plainEnd += length;
            frame += FrameLayout.SEALED;
        }
        if (frame > plainEnd) {
            buffer.put(plainEnd, buffer, frame, cipherEnd - frame);
            cipherEnd = plainEnd + cipherEnd - frame;
        }
    }
}
