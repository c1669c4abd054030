package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.TransportException;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.crypto.EphemeralKey;
import dev.p2p.transport.tcp.internal.crypto.EverySuite;
import dev.p2p.transport.tcp.internal.crypto.FrameLayout;
import dev.p2p.transport.tcp.internal.crypto.SessionSecrets;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The messages of secret_connection.json through this layer: both sides, both suites, byte for byte. */
class RealHandshakeTest {

    @TestFactory
    Stream<DynamicTest> sendsTheSameFramesAsGoWithTheSameKeys() {
        return EverySuite.suites()
                .flatMap(suite -> runs().map(run -> DynamicTest.dynamicTest(suite.name() + " " + run.name, () -> {
                    Recorded raw = new Recorded(new byte[0]);
                    try (SecretStream stream = stream(suite, raw, run)) {
                        stream.writeDelimited(new AuthMessage(run.hex("static_public"), run.hex("signature")).encode());
                        stream.writeDelimited(run.hex("node_info"));
                    }
                    assertThat(raw.written.toByteArray()).isEqualTo(run.sealedFrames(2));
                })));
    }

    @TestFactory
    Stream<DynamicTest> readsWhatThePeerSent() {
        return EverySuite.suites()
                .flatMap(suite -> runs().map(run -> DynamicTest.dynamicTest(suite.name() + " " + run.name, () -> {
                    Recorded raw = new Recorded(run.peer().sealedFrames(3));
                    try (SecretStream stream = stream(suite, raw, run)) {
                        AuthMessage proof = AuthMessage.decode(
                                stream.readDelimited(AuthMessage.MAX_BYTES, Reason.HANDSHAKE_FAILED));
                        assertThat(proof.publicKey()).isEqualTo(run.peer().hex("static_public"));
                        byte[] info = stream.readDelimited(NodeInfoCodec.MAX_BYTES, Reason.INVALID_NODE_INFO);
                        assertThat(info).isEqualTo(run.peer().hex("node_info"));
                        assertThat(NodeInfoCodec.decode(info).id().toString())
                                .isEqualTo(run.peer().text("node_id"));
                        FrameReader reader = stream.reader();
                        while (reader.available() == 0) {
                            assertThat(reader.fill()).isTrue();
                        }
                        PacketReader packets = new PacketReader(1_410);
                        int first = packets.read(reader.buffer(), reader.position(), reader.available());
                        assertThat(first).isEqualTo(3);
                        assertThat(packets.kind()).isIn(PacketReader.Kind.PING, PacketReader.Kind.PONG);
                        reader.consume(first);
                        int second = packets.read(reader.buffer(), reader.position(), reader.available());
                        assertThat(second).isEqualTo(reader.available());
                        assertThat(packets.kind()).isEqualTo(PacketReader.Kind.MESSAGE);
                        assertThat(packets.channel()).isZero();
                    }
                })));
    }

    @Test
    void refusesALengthBeforeItAllocates() throws Exception {
        Run run = runs().findFirst().orElseThrow();
        Recorded raw = new Recorded(run.peer().sealedFrames(1));
        try (SecretStream stream = stream(CryptoSuite.jdk(), raw, run)) {
            assertThatThrownBy(() -> stream.readDelimited(101, Reason.HANDSHAKE_FAILED))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.HANDSHAKE_FAILED));
        }
    }

    @Test
    void readsFramesThatComeInSmallPieces() throws Exception {
        Run run = runs().findFirst().orElseThrow();
        Recorded raw = new Recorded(run.peer().sealedFrames(2));
        raw.atMost = 7;
        try (SecretStream stream = stream(CryptoSuite.jdk(), raw, run)) {
            stream.readDelimited(AuthMessage.MAX_BYTES, Reason.HANDSHAKE_FAILED);
            assertThat(stream.readDelimited(NodeInfoCodec.MAX_BYTES, Reason.INVALID_NODE_INFO))
                    .isEqualTo(run.peer().hex("node_info"));
        }
    }

    /** One side of one scenario. */
    private record Run(String name, JsonObject scenario, String side) {

        Run peer() {
            return new Run(name, scenario, side.equals("A") ? "B" : "A");
        }

        String text(String field) {
            return scenario.getAsJsonObject(side).get(field).getAsString();
        }

        byte[] hex(String field) {
            return HexFormat.of().parseHex(text(field));
        }

        byte[] sealedFrames(int count) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            scenario.getAsJsonObject(side).getAsJsonArray("sent_frames").asList().stream()
                    .limit(count)
                    .forEach(frame -> out.writeBytes(HexFormat.of()
                            .parseHex(
                                    frame.getAsJsonObject().get("sealed_frame").getAsString())));
            return out.toByteArray();
        }
    }

    private static Stream<Run> runs() {
        return WireVectors.rows(WireVectors.read("secret_connection.json"), "vectors")
                .flatMap(row -> Stream.of("A", "B")
                        .map(side -> new Run(row.get("name").getAsString() + " side " + side, row, side)));
    }

    private static SecretStream stream(CryptoSuite suite, ByteStream raw, Run run) throws Exception {
        try (EphemeralKey own = suite.curves().ephemeralKey(run.hex("ephemeral_scalar"));
                SessionSecrets secrets = SessionSecrets.agree(own, run.peer().hex("ephemeral_public"))) {
            BufferPool pool = new BufferPool(suite, 8 * FrameLayout.SEALED);
            SecretStream stream =
                    new SecretStream(raw, suite, pool, new BufferPool(suite, FrameLayout.SEALED), secrets);
            stream.reader().widen();
            return stream;
        }
    }

    /** Bytes to read, and bytes that were written. */
    private static final class Recorded implements ByteStream {

        private final ByteBuffer toRead;
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private int atMost = Integer.MAX_VALUE;

        Recorded(byte[] toRead) {
            this.toRead = ByteBuffer.wrap(toRead);
        }

        @Override
        public int read(ByteBuffer into) {
            if (!toRead.hasRemaining()) {
                return -1;
            }
            int count = Math.min(atMost, Math.min(into.remaining(), toRead.remaining()));
            into.put(toRead.slice(toRead.position(), count));
            toRead.position(toRead.position() + count);
            return count;
        }

        @Override
        public void write(ByteBuffer from) {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            written.writeBytes(bytes);
        }

        @Override
        public void deadline(Duration fromNow) {}

        @Override
        public void close() {}
    }
}
