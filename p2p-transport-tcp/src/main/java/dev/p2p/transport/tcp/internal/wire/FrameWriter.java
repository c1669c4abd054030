package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.transport.ByteStream;
import dev.p2p.transport.tcp.internal.crypto.FrameLayout;
import dev.p2p.transport.tcp.internal.crypto.FrameSealer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Plaintext into sealed frames (section 2.5): bytes are laid where they will be sealed, and everything that has collected goes
 * out in one write. Used by one thread.
 */
final class FrameWriter {

    private final ByteStream raw;
    private final FrameSealer sealer;
    private final BufferPool pool;
    private final int maxFrames;
    private @Nullable ByteBuffer frames;
    private int frame;
    private int filled;
    private volatile long bytesWritten;
    private volatile long writingSinceNanos;

    /** @param pool its buffers hold a whole number of frames and perhaps some bytes more */
    FrameWriter(ByteStream raw, FrameSealer sealer, BufferPool pool, int maxFrames) {
        this.raw = raw;
        this.sealer = sealer;
        this.pool = pool;
        this.maxFrames = maxFrames;
    }

    /** Adds bytes; sends when the buffer is full. */
    void put(byte[] source, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            ByteBuffer target = room();
            int count = Math.min(left, FrameLayout.DATA - filled);
            target.put(place(), source, from, count);
            filled += count;
            from += count;
            left -= count;
        }
    }

    /** Adds the bytes between position and limit, which stay as they are. */
    void put(ByteBuffer source) throws IOException {
        int from = source.position();
        int left = source.remaining();
        while (left > 0) {
            ByteBuffer target = room();
            int count = Math.min(left, FrameLayout.DATA - filled);
            target.put(place(), source, from, count);
            filled += count;
            from += count;
            left -= count;
        }
    }

    /** Seals and writes what has collected, in one write. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void flush() throws IOException {
        ByteBuffer target = frames;
        if (target == null || (frame == 0 && filled == 0)) {
            return;
        }
        int count = filled == 0 ? frame : frame + 1;
        target.clear();
        sealer.seal(target, 0, count, filled == 0 ? FrameLayout.DATA : filled);
        target.limit(count * FrameLayout.SEALED);
        frame = 0;
        filled = 0;
        writingSinceNanos = System.nanoTime() | 1;
        raw.write(target);
        writingSinceNanos = 0;
        bytesWritten += (long) count * FrameLayout.SEALED;
    }

    /** Gives the buffer back until there is something to write again. Call it after a flush. */
    void release() {
        if (frames != null) {
            pool.giveBack(frames);
            frames = null;
            frame = 0;
            filled = 0;
        }
    }

    /** Bytes written to the stream so far. Any thread. */
    long bytesWritten() {
        return bytesWritten;
    }

    /** When the write in progress began, by {@link System#nanoTime()}; 0 if there is none. Any thread. */
    long writingSinceNanos() {
        return writingSinceNanos;
    }

    private int place() {
        return frame * FrameLayout.SEALED + FrameLayout.LENGTH_BYTES + filled;
    }

    /** The buffer with room for at least one byte in the current frame. */
    private ByteBuffer room() throws IOException {
        if (frames == null) {
            frames = pool.borrow();
        }
        if (filled == FrameLayout.DATA) {
            frame++;
            filled = 0;
        }
        if (frame == maxFrames) {
            flush();
        }
        return Objects.requireNonNull(frames);
    }
}
