package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.transport.ByteStream;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.crypto.FrameLayout;
import dev.p2p.transport.tcp.internal.crypto.FrameOpener;
import dev.p2p.transport.tcp.internal.crypto.FrameSealer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Collects what is written through a {@link FrameWriter} and opens it again. */
final class Plaintext implements ByteStream {

    private final CryptoSuite suite = CryptoSuite.jdk();
    private final byte[] key = new byte[32];
    private final ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    private final FrameSealer sealer = suite.sealer(key);
    private final FrameWriter writer = new FrameWriter(this, sealer, new BufferPool(suite, 4 * FrameLayout.SEALED), 4);

    FrameWriter writer() {
        return writer;
    }

    /** Everything written so far, in plain. */
    byte[] bytes() throws IOException {
        writer.flush();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] frames = sealed.toByteArray();
        try (FrameOpener opener = suite.opener(key)) {
            for (int at = 0; at < frames.length; at += FrameLayout.SEALED) {
                int length = opener.open(ByteBuffer.wrap(frames), at);
                plain.write(frames, at + FrameLayout.LENGTH_BYTES, length);
            }
        }
        return plain.toByteArray();
    }

    @Override
    public int read(ByteBuffer into) {
        return -1;
    }

    @Override
    public void write(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        sealed.writeBytes(bytes);
    }

    @Override
    public void deadline(Duration fromNow) {}

    @Override
    public void close() {
        sealer.close();
    }
}
