package dev.p2p.testkit.transport;

import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes many equally long messages when they are asked for, each with its number, and then ends. */
final class NumberedSource implements OutboundSource {

    /** Nothing is asserted of this time. A writer that pauses for longer is taken to be held up. */
    private static final long STALL_MILLIS = 200;

    private final int count;
    private final int size;
    private final CountDownLatch exhausted = new CountDownLatch(1);
    private volatile long slices;
    private @Nullable ByteBuffer message;
    private int made;

    NumberedSource(int count, int size) {
        this.count = count;
        this.size = size;
    }

    /** The message of a number. */
    static byte[] message(int number, int size) {
        byte[] bytes = new byte[size];
        ByteBuffer.wrap(bytes).putInt(number).putInt(size - Integer.BYTES, ~number);
        return bytes;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, another one looks
    public @Nullable Piece next(int maxBytes, Duration wait) {
        ByteBuffer current = message;
        if (current == null) {
            if (made == count) {
                exhausted.countDown();
                return Piece.END;
            }
            current = ByteBuffer.wrap(message(made++, size));
        }
        int length = Math.min(maxBytes, current.remaining());
        ByteBuffer slice = current.slice(current.position(), length);
        current.position(current.position() + length);
        message = current.hasRemaining() ? current : null;
        slices++;
        return new Piece(TestNode.FIRST, slice, message == null);
    }

    @Override
    public void wake() {
        // Never waits.
    }

    /** Waits until the writer has taken something and then nothing for a while (true), or everything (false). */
    boolean awaitStall() throws InterruptedException {
        long before;
        do {
            before = slices;
            if (exhausted.await(STALL_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        } while (before == 0 || before != slices);
        return true;
    }
}
