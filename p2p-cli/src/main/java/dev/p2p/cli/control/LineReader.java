package dev.p2p.cli.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text, each within a limit. The buffer grows only as far as a line does. */
final class LineReader {

    private static final int FIRST_BYTES = 4_096;

    private final ReadableByteChannel in;
    private final int maxBytes;
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES).flip();

    LineReader(ReadableByteChannel in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * The next line without its end, or null at the end of the stream. What follows the last line end is no line.
     *
     * @throws IOException if a line is too long or no UTF-8 text, or the stream fails
     */
    @Nullable
    String next() throws IOException {
        int searched = 0;
        while (true) {
            int end = indexOfLineEnd(searched);
            if (end >= 0) {
                return take(end);
            }
            searched = buffer.remaining();
            if (searched >= maxBytes) {
                throw new IOException("a line has more than " + maxBytes + " bytes");
            }
            if (!fill()) {
                return null;
            }
        }
    }

    private int indexOfLineEnd(int from) {
        for (int i = buffer.position() + from; i < buffer.limit(); i++) {
            if (buffer.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private String take(int end) throws IOException {
        ByteBuffer line = buffer.duplicate().limit(end);
        buffer.position(end + 1);
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(line)
                .toString();
    }

    private boolean fill() throws IOException {
        if (buffer.remaining() == buffer.capacity()) {
            buffer = ByteBuffer.allocate(Math.min(2 * buffer.capacity(), maxBytes + 1))
                    .put(buffer);
        } else {
            buffer.compact();
        }
        int read = in.read(buffer);
        buffer.flip();
        return read >= 0;
    }
}
