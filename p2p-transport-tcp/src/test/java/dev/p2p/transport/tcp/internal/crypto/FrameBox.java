package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** One frame in the middle of a larger buffer full of old bytes, so that a lost offset or missing padding shows. */
final class FrameBox {

    private static final int OFFSET = 37;
    private static final byte STALE = (byte) 0xa5;

    private final ByteBuffer buffer;
    private final int dataLength;

    private FrameBox(CryptoSuite suite, int dataLength) {
        this.buffer = suite.allocate(OFFSET + FrameLayout.SEALED + OFFSET);
        this.dataLength = dataLength;
        while (buffer.hasRemaining()) {
            buffer.put(STALE);
        }
        buffer.position(11); // must not matter
    }

    static FrameBox holding(CryptoSuite suite, byte[] data) {
        FrameBox box = new FrameBox(suite, data.length);
        box.buffer.put(OFFSET + FrameLayout.LENGTH_BYTES, data);
        return box;
    }

    static FrameBox received(CryptoSuite suite, byte[] sealed) {
        FrameBox box = new FrameBox(suite, 0);
        box.buffer.put(OFFSET, sealed);
        return box;
    }

    void seal(FrameSealer sealer) throws FrameException {
        sealer.seal(buffer, OFFSET, dataLength);
        requireUntouchedSurroundings();
    }

    byte[] open(FrameOpener opener) throws FrameException {
        try {
            return bytes(OFFSET + FrameLayout.LENGTH_BYTES, opener.open(buffer, OFFSET));
        } finally {
            requireUntouchedSurroundings();
        }
    }

    byte[] sealed() {
        return bytes(OFFSET, FrameLayout.SEALED);
    }

    byte[] plain() {
        return bytes(OFFSET, FrameLayout.PLAIN);
    }

    private byte[] bytes(int from, int length) {
        byte[] bytes = new byte[length];
        buffer.get(from, bytes);
        return bytes;
    }

    private void requireUntouchedSurroundings() {
        byte[] stale = new byte[OFFSET];
        Arrays.fill(stale, STALE);
        if (!Arrays.equals(stale, bytes(0, OFFSET))
                || !Arrays.equals(stale, bytes(OFFSET + FrameLayout.SEALED, OFFSET))
                || buffer.position() != 11
                || buffer.limit() != buffer.capacity()) {
            throw new AssertionError("something outside the frame changed");
        }
    }
}
