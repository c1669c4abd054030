package dev.p2p.testkit.transport;

import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Lends the same memory for each slice, and spoils it as soon as the next one is asked for. Ends when all is written. */
final class RecyclingSource implements OutboundSource {

    private static final byte SPOILED = (byte) 0xee;
    private static final Duration TIME_TO_RECYCLE = Duration.ofMillis(100);

    private final Deque<ByteBuffer> messages = new ArrayDeque<>();
    private final CountDownLatch recycled = new CountDownLatch(2);
    private byte[] lent = new byte[0];

    RecyclingSource(List<byte[]> messages) {
        messages.forEach(message -> this.messages.add(ByteBuffer.wrap(message)));
        messages.forEach(message -> lent = new byte[Math.max(lent.length, message.length)]);
    }

    /** Waits until a slice's memory was spoiled, for a short time: a transport may hand slices on without letting go of them. */
    void untilRecycled() {
        Poll.until(() -> recycled.getCount() == 0, TIME_TO_RECYCLE);
    }

    @Override
    public @Nullable Piece next(int maxBytes, Duration wait) {
        recycled.countDown();
        Arrays.fill(lent, SPOILED);
        ByteBuffer message = messages.peek();
        if (message == null) {
            return Piece.END;
        }
        int length = Math.min(maxBytes, message.remaining());
        message.get(lent, 0, length);
        if (!message.hasRemaining()) {
            messages.remove();
        }
        return new Piece(TestNode.FIRST, ByteBuffer.wrap(lent, 0, length), !message.hasRemaining());
    }

    @Override
    public void wake() {
        // Never waits.
    }
}
