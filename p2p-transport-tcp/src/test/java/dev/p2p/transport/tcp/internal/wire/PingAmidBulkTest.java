package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.ChannelId;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import dev.p2p.testkit.transport.TestNode;
import dev.p2p.testkit.transport.TestTransportContext;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.crypto.Curves;
import dev.p2p.transport.tcp.internal.crypto.EphemeralKey;
import dev.p2p.transport.tcp.internal.crypto.FrameLayout;
import dev.p2p.transport.tcp.internal.crypto.SessionSecrets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A peer that only answers pings is to be asked in time, or it falls silent and is given up, although it is well: also while there is
 * always something to send to it.
 */
class PingAmidBulkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    @Timeout(60)
    void thePeriodicPingGoesOutWhileTheQueueIsNeverEmpty() throws Exception {
        CryptoSuite suite = CryptoSuite.jdk();
        Map<String, String> settings = Map.of("ping-interval-ms", "10");
        try (TestTransportContext context = new TestTransportContext(settings, Optional.empty());
                EphemeralKey ours = suite.curves().ephemeralKey(filled(1));
                EphemeralKey theirs = suite.curves().ephemeralKey(filled(2));
                SessionSecrets secrets = SessionSecrets.agree(ours, theirs.publicKey())) {
            ByteStream nowhere = new Nowhere();
            BufferPool pool = new BufferPool(suite, CometStreamProtocol.FRAMES_PER_WRITE * FrameLayout.SEALED);
            BufferPool small = new BufferPool(suite, FrameReader.SMALL_BYTES);
            TestNode peer = TestNode.of(2);
            CometConnection connection = new CometConnection(
                    new CometStreamProtocol("comet", suite, context),
                    nowhere,
                    new SecretStream(nowhere, suite, pool, small, secrets),
                    peer.info(),
                    peer.key().publicKeyBytes());
            connection.write(new Bulk(() -> connection.counters().pingsSent() >= 2));
            assertThat(connection.counters().pingsSent()).isEqualTo(2);
            connection.close();
        }
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[Curves.KEY_BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Always has something, until enough has happened or nothing will. */
    private static final class Bulk implements OutboundSource {

        private final BooleanSupplier enough;
        private final long end = System.nanoTime() + PATIENCE.toNanos();
        private final byte[] slice = new byte[PacketWriter.MAX_DATA];

        Bulk(BooleanSupplier enough) {
            this.enough = enough;
        }

        @Override
        public Piece next(int maxBytes, Duration wait) {
            return enough.getAsBoolean() || System.nanoTime() - end > 0
                    ? Piece.END
                    : new Piece(new ChannelId(0), ByteBuffer.wrap(slice), false);
        }

        @Override
        public void wake() {}
    }

    /** Takes everything, and says nothing. */
    private static final class Nowhere implements ByteStream {

        @Override
        public int read(ByteBuffer into) {
            return -1;
        }

        @Override
        public void write(ByteBuffer from) {
            from.position(from.limit());
        }

        @Override
        public void deadline(Duration fromNow) {}

        @Override
        public void close() {}
    }
}
