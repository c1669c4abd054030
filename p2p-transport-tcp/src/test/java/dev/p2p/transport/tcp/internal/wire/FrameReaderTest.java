package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.crypto.Curves;
import dev.p2p.transport.tcp.internal.crypto.EphemeralKey;
import dev.p2p.transport.tcp.internal.crypto.FrameLayout;
import dev.p2p.transport.tcp.internal.crypto.SessionSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    private final CryptoSuite suite = CryptoSuite.jdk();
    private final BufferPool pool = new BufferPool(suite, 64 * FrameLayout.SEALED);
    private final BufferPool smallPool = new BufferPool(suite, FrameReader.SMALL_BYTES);
    private final ByteBuffer large = pool.borrow();
    private final Pipe pipe = new Pipe();

    FrameReaderTest() {
        pool.giveBack(large);
    }

    @Test
    void aStrangerWhoCutsItsMessageIntoManyFramesGetsNoLargeBuffer() throws Exception {
        try (SecretStream reader = stream(1, 2);
                SecretStream writer = stream(2, 1)) {
            sendInCrumbs(writer, new byte[100]);
            assertThat(reader.readDelimited(100, Reason.HANDSHAKE_FAILED)).hasSize(100);
            assertThat(pool.borrow())
                    .as("the one large buffer, still in its pool")
                    .isSameAs(large);
        }
    }

    @Test
    void aPeerThatIsKnownGetsOneAsSoonAsThereIsMuchToRead() throws Exception {
        try (SecretStream reader = stream(1, 2);
                SecretStream writer = stream(2, 1)) {
            reader.reader().widen();
            sendInCrumbs(writer, new byte[100]);
            assertThat(reader.readDelimited(100, Reason.HANDSHAKE_FAILED)).hasSize(100);
            assertThat(pool.borrow()).as("another large buffer").isNotSameAs(large);
        }
    }

    @Test
    void aPeerThatSendsOneFrameAndIsQuietLeavesNoLargeBufferWithTheReader() throws Exception {
        try (SecretStream reader = stream(1, 2);
                SecretStream writer = stream(2, 1)) {
            reader.reader().widen();
            writer.writeDelimited(new byte[100]);
            assertThat(reader.readDelimited(100, Reason.HANDSHAKE_FAILED)).hasSize(100);
            assertThat(reader.reader().fill()).as("whether more came").isFalse();
            assertThat(pool.borrow())
                    .as("the one large buffer, still in its pool")
                    .isSameAs(large);
        }
    }

    @Test
    void givesItsSmallBufferBackOnce() throws Exception {
        try (SecretStream stream = stream(1, 2)) {
            stream.reader().release();
            stream.reader().release();
        }
        assertThat(smallPool.borrow()).isNotSameAs(smallPool.borrow());
    }

    private void sendInCrumbs(SecretStream writer, byte[] message) throws IOException {
        FrameWriter out = writer.writer();
        out.put(new byte[] {(byte) message.length}, 0, 1);
        out.flush();
        for (byte b : message) {
            out.put(new byte[] {b}, 0, 1);
            out.flush();
        }
        out.release();
        // The writer shares the pool with the reader only in this test; what it borrowed is back now.
    }

    private SecretStream stream(int own, int other) throws IOException {
        try (EphemeralKey ours = suite.curves().ephemeralKey(scalar(own));
                EphemeralKey theirs = suite.curves().ephemeralKey(scalar(other));
                SessionSecrets secrets = SessionSecrets.agree(ours, theirs.publicKey())) {
            return new SecretStream(pipe, suite, pool, smallPool, secrets);
        }
    }

    private static byte[] scalar(int value) {
        byte[] bytes = new byte[Curves.KEY_BYTES];
        bytes[0] = (byte) (value << 3);
        return bytes;
    }

    /** What was written can be read. */
    private static final class Pipe implements ByteStream {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private int read;

        @Override
        public int read(ByteBuffer into) {
            byte[] all = written.toByteArray();
            int count = Math.min(into.remaining(), all.length - read);
            into.put(all, read, count);
            read += count;
            return count == 0 ? -1 : count;
        }

        @Override
        public void write(ByteBuffer from) {
            while (from.hasRemaining()) {
                written.write(from.get());
            }
        }

        @Override
        public void deadline(Duration fromNow) {}

        @Override
        public void close() {}
    }
}
