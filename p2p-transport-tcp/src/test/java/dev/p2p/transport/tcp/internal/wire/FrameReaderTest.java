package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.TransportException;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.crypto.Curves;
import dev.p2p.transport.tcp.internal.crypto.EphemeralKey;
import dev.p2p.transport.tcp.internal.crypto.FrameLayout;
import dev.p2p.transport.tcp.internal.crypto.SessionSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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

    @TestFactory
    Stream<DynamicTest> readsLengthsInTheHandshakeAsGoDoes() {
        return WireVectors.rows(WireVectors.read("packets.json"), "delimited_reader")
                .map(row -> DynamicTest.dynamicTest(row.get("name").getAsString(), () -> {
                    byte[] input = HexFormat.of().parseHex(row.get("input").getAsString());
                    int max = row.get("max").getAsInt();
                    String result = row.get("result").getAsString();
                    if (result.contains("end of stream")) {
                        assertRefused(input, max, Reason.CLOSED_BY_PEER);
                    } else if (result.startsWith("error")) {
                        assertRefused(input, max, Reason.INVALID_NODE_INFO);
                    } else {
                        String body = result.startsWith("empty") ? "" : result.substring(result.lastIndexOf(' ') + 1);
                        assertThat(read(input, max)).isEqualTo(HexFormat.of().parseHex(body));
                    }
                }));
    }

    @Test
    void aLengthOfWhichASignWouldBeSeenIsTooLong() {
        assertRefused(HexFormat.of().parseHex("80808080808080808001"), 10, Reason.INVALID_NODE_INFO);
        assertRefused(HexFormat.of().parseHex("ffffffffffffffffff01"), 10, Reason.INVALID_NODE_INFO);
    }

    @Test
    void aLengthOfMoreThan64BitsIsNotCutToAShortOne() {
        assertRefused(HexFormat.of().parseHex("80808080808080808002"), 10, Reason.INVALID_NODE_INFO);
    }

    private void assertRefused(byte[] input, int max, Reason reason) {
        assertThatThrownBy(() -> read(input, max))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private byte[] read(byte[] input, int max) throws IOException {
        Pipe ofItsOwn = new Pipe();
        try (SecretStream reader = stream(ofItsOwn, 1, 2);
                SecretStream writer = stream(ofItsOwn, 2, 1)) {
            writer.writer().put(input, 0, input.length);
            writer.writer().flush();
            return reader.readDelimited(max, Reason.INVALID_NODE_INFO);
        }
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
        return stream(pipe, own, other);
    }

    private SecretStream stream(Pipe raw, int own, int other) throws IOException {
        try (EphemeralKey ours = suite.curves().ephemeralKey(scalar(own));
                EphemeralKey theirs = suite.curves().ephemeralKey(scalar(other));
                SessionSecrets secrets = SessionSecrets.agree(ours, theirs.publicKey())) {
            return new SecretStream(raw, suite, pool, smallPool, secrets);
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
