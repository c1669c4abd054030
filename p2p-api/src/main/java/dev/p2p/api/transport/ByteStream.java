package dev.p2p.api.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A two-way stream of raw bytes: all that the author of a stream transport provides. One thread reads and one writes at the
 * same time; {@link #close()} and {@link #deadline} may come from any thread.
 */
public interface ByteStream extends AutoCloseable {

    /**
     * Reads at least one byte, blocking for it.
     *
     * @param into has room for at least one byte; heap or direct
     * @return how many bytes were read, or -1 at the orderly end
     * @throws IOException if the stream broke, was closed, or its deadline has passed
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes all remaining bytes, blocking as long as that takes.
     *
     * @throws IOException if the stream broke, was closed, or its deadline has passed
     */
    void write(ByteBuffer from) throws IOException;

    /**
     * Sets the instant at which reads and writes end with an exception of reason {@code HANDSHAKE_TIMEOUT}; replaces an
     * earlier one.
     *
     * @param fromNow how far away it is; zero removes it
     */
    void deadline(Duration fromNow);

    /** Ends the stream and whatever blocks on it. May be called again. */
    @Override
    void close();
}
