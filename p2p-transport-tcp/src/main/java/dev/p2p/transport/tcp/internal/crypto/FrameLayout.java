package dev.p2p.transport.tcp.internal.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The shape of a frame (section 2.5): length u32 little-endian, up to 1024 bytes of data, zeros up to 1028; sealed, a
 * tag of 16 bytes follows.
 */
public final class FrameLayout {

    /** Bytes of the length field, in front of the data. */
    public static final int LENGTH_BYTES = 4;

    /** Most data bytes of one frame. */
    public static final int DATA = 1024;

    /** Bytes of a frame before sealing. */
    public static final int PLAIN = LENGTH_BYTES + DATA;

    /** Bytes of the Poly1305 tag (RFC 8439, section 2.5). */
    public static final int TAG_BYTES = 16;

    /** Bytes of a frame on the wire. */
    public static final int SEALED = PLAIN + TAG_BYTES;

    /** Bytes of a ChaCha20 key (RFC 8439, section 2.3). */
    static final int KEY_BYTES = 32;

    /** Bytes of a nonce (RFC 8439, section 2.3), of which the counter fills the last eight. */
    static final int NONCE_BYTES = 12;

    /** Where the little-endian counter stands in the nonce; zeros before it. */
    static final int COUNTER_OFFSET = 4;

    /** The counter value that must never be used: the one before the wrap, 2^64 - 1. */
    static final long COUNTER_END = -1L;

    private static final VarHandle LITTLE_ENDIAN_INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] ZEROS = new byte[PLAIN];

    private FrameLayout() {}

    /** The length field of a plain frame, to be read as unsigned. */
    static int length(ByteBuffer frames, int offset) {
        return (int) LITTLE_ENDIAN_INT.get(frames, offset);
    }

    /** Writes the length field and zeros behind the data. */
    static void frame(ByteBuffer frames, int offset, int dataLength) {
        LITTLE_ENDIAN_INT.set(frames, offset, dataLength);
        frames.put(offset + LENGTH_BYTES + dataLength, ZEROS, 0, DATA - dataLength);
    }

    /** Erases a frame's plain bytes. */
    static void erase(ByteBuffer frames, int offset) {
        frames.put(offset, ZEROS, 0, PLAIN);
    }

    /** Refuses an area of sealed frames that leaves the buffer or may not be written: native code would not notice. */
    static void requireRoom(ByteBuffer frames, int offset, int count) {
        Objects.checkFromIndexSize(offset, Math.multiplyExact(count, SEALED), frames.limit());
        if (frames.isReadOnly()) {
            throw new IllegalArgumentException("frames are sealed and opened in place, the buffer is read-only");
        }
    }

    /** Returns the key if it has 32 bytes. */
    static byte[] requireKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a frame key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        return key;
    }
}
