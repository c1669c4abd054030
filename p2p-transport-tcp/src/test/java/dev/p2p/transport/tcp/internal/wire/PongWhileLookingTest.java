package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.ChannelId;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.InboundSink;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A ping that is read while the writer looks for work: the wake ends that look, so it is gone when the writer wants to sleep.
 * The pong must go out all the same, and before the sleep.
 */
class PongWhileLookingTest {

    @Test
    @Timeout(60)
    void aPongThatFellDueDuringALookIsWrittenBeforeTheWriterSleeps() throws Exception {
        CryptoSuite suite = CryptoSuite.jdk();
        Wire near = new Wire();
        Wire far = new Wire();
        Latecomer source = new Latecomer(near);
        try (TestTransportContext context = new TestTransportContext(Map.of(), Optional.empty());
                EphemeralKey ours = suite.curves().ephemeralKey(filled(1));
                EphemeralKey theirs = suite.curves().ephemeralKey(filled(2));
                SessionSecrets here = SessionSecrets.agree(ours, theirs.publicKey());
                SessionSecrets there = SessionSecrets.agree(theirs, ours.publicKey())) {
            CometStreamProtocol protocol = new CometStreamProtocol("comet", suite, context, KeepAlive.STANDARD);
            TestNode peer = TestNode.of(2);
            CometConnection connection = new CometConnection(
                    protocol,
                    near,
                    stream(suite, near, here),
                    peer.info(),
                    peer.key().publicKeyBytes());
            FrameWriter peerWriter = stream(suite, far, there).writer();
            new PacketWriter().ping(peerWriter);
            peerWriter.flush();

            Thread writer = Thread.ofVirtual().start(() -> quietly(() -> connection.write(source)));
            assertThat(source.looked.await(30, TimeUnit.SECONDS)).isTrue();
            near.toRead.add(far.written.take());
            Thread reader = Thread.ofVirtual().start(() -> quietly(() -> connection.read(new Nowhere())));

            assertThat(source.framesBeforeSleep.get(30, TimeUnit.SECONDS))
                    .as("frames written before the writer sleeps")
                    .isEqualTo(1);
            connection.close();
            near.toRead.add(ByteBuffer.allocate(0));
            writer.join();
            reader.join();
        }
    }

    private static SecretStream stream(CryptoSuite suite, ByteStream raw, SessionSecrets secrets) {
        BufferPool pool = new BufferPool(suite, CometStreamProtocol.FRAMES_PER_WRITE * FrameLayout.SEALED);
        return new SecretStream(raw, suite, pool, new BufferPool(suite, FrameLayout.SEALED), secrets);
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[Curves.KEY_BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private interface Loop {
        void run() throws Exception;
    }

    private static void quietly(Loop loop) {
        try {
            loop.run();
        } catch (Exception e) {
            // the connection was closed
        }
    }

    /** Has nothing to send. Its first look lasts until it is woken, and the wake is used up with it. */
    private static final class Latecomer implements OutboundSource {

        private final Wire wire;
        private final CountDownLatch looked = new CountDownLatch(1);
        private final CountDownLatch woken = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final CompletableFuture<Integer> framesBeforeSleep = new CompletableFuture<>();

        Latecomer(Wire wire) {
            this.wire = wire;
        }

        @Override
        public @Nullable Piece next(int maxBytes, Duration wait) throws InterruptedException {
            if (looked.getCount() > 0) {
                looked.countDown();
                woken.await();
                return null;
            }
            if (wait.isZero()) {
                return null;
            }
            framesBeforeSleep.complete(wire.written.size());
            ended.await();
            return Piece.END;
        }

        @Override
        public void wake() {
            if (woken.getCount() > 0) {
                woken.countDown();
            } else {
                ended.countDown();
            }
        }
    }

    /** One end of a wire; an empty buffer to read is its end. */
    private static final class Wire implements ByteStream {

        private final BlockingQueue<ByteBuffer> toRead = new LinkedBlockingQueue<>();
        private final BlockingQueue<ByteBuffer> written = new LinkedBlockingQueue<>();

        @Override
        public int read(ByteBuffer into) {
            try {
                ByteBuffer next = toRead.take();
                int count = next.remaining();
                into.put(next);
                return count == 0 ? -1 : count;
            } catch (InterruptedException e) {
                return -1;
            }
        }

        @Override
        public void write(ByteBuffer from) {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            written.add(ByteBuffer.wrap(bytes));
        }

        @Override
        public void deadline(Duration fromNow) {}

        @Override
        public void close() {}
    }

    private static final class Nowhere implements InboundSink {

        @Override
        public void piece(ChannelId channel, ByteBuffer bytes, boolean last) {}

        @Override
        public int maxMessageBytes(ChannelId channel) {
            return 0;
        }
    }
}
