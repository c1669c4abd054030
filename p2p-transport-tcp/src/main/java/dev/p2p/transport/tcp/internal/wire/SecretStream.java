package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.TransportException;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.crypto.FrameOpener;
import dev.p2p.transport.tcp.internal.crypto.FrameSealer;
import dev.p2p.transport.tcp.internal.crypto.SessionSecrets;
import java.io.IOException;

/** The encrypted stream of one connection: its ciphers, and the few delimited messages before packets flow (section 0.2). */
final class SecretStream implements AutoCloseable {

    private final FrameSealer sealer;
    private final FrameOpener opener;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final FrameWriter oneFrameWriter;

    /**
     * Opens a stream that owns nothing but one small buffer until it {@linkplain FrameReader#widen() may widen}.
     *
     * @param pool buffers for when the stream is busy
     * @param smallPool buffers of {@link FrameReader#SMALL_BYTES}
     */
    SecretStream(ByteStream raw, CryptoSuite suite, BufferPool pool, BufferPool smallPool, SessionSecrets secrets) {
        this.sealer = suite.sealer(secrets.sendKey());
        this.opener = suite.opener(secrets.receiveKey());
        this.reader = new FrameReader(raw, opener, pool, smallPool);
        this.writer = new FrameWriter(raw, sealer, pool, CometStreamProtocol.FRAMES_PER_WRITE);
        this.oneFrameWriter = new FrameWriter(raw, sealer, smallPool, 1);
    }

    FrameReader reader() {
        return reader;
    }

    FrameWriter writer() {
        return writer;
    }

    /** Sends a message of the handshake with its length before it. */
    void writeDelimited(byte[] message) throws IOException {
        byte[] length = new byte[5];
        try {
            oneFrameWriter.put(length, 0, Varint.write(length, 0, message.length));
            oneFrameWriter.put(message, 0, message.length);
            oneFrameWriter.flush();
        } finally {
            oneFrameWriter.release();
        }
    }

    /**
     * Reads a message of the handshake. Its length is checked before anything is allocated.
     *
     * @param tooLong the reason if it has more than {@code max} bytes
     */
    byte[] readDelimited(int max, Reason tooLong) throws IOException {
        long length = 0;
        int shift = 0;
        int b;
        do {
            b = readByte();
            if (shift == 63 && b > 1) {
                throw new TransportException(tooLong, "a length of more than 64 bits");
            }
            length |= (long) (b & 0x7f) << shift;
            shift += 7;
        } while (b >= 0x80);
        if (Long.compareUnsigned(length, max) > 0) {
            throw new TransportException(
                    tooLong,
                    "a message of " + Long.toUnsignedString(length) + " bytes; at most " + max + " are accepted");
        }
        byte[] message = new byte[(int) length];
        for (int read = 0; read < message.length; ) {
            requireAvailable();
            int count = Math.min(message.length - read, reader.available());
            reader.buffer().get(reader.position(), message, read, count);
            reader.consume(count);
            read += count;
        }
        return message;
    }

    /** Frees both keys. May be called again, and from any thread. */
    @Override
    public void close() {
        sealer.close();
        opener.close();
    }

    private int readByte() throws IOException {
        requireAvailable();
        int b = reader.buffer().get(reader.position()) & 0xff;
        reader.consume(1);
        return b;
    }

    private void requireAvailable() throws IOException {
        while (reader.available() == 0) {
            if (!reader.fill()) {
                throw new TransportException(Reason.CLOSED_BY_PEER, "the peer closed during the handshake");
            }
        }
    }
}
