package dev.p2p.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/**
 * Standard output that loses nothing silently: what cannot be written ends the command, where a {@link PrintWriter} alone would
 * go on without a word, and without an end where the command has none of its own.
 */
public final class StandardOutput extends Writer {

    private final Writer to;

    private StandardOutput(Writer to) {
        this.to = to;
    }

    /** Nobody reads any more, such as {@code head} that has seen enough. That is no fault, and nothing is to be said about it. */
    public static final class ReaderGoneException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ReaderGoneException(IOException cause) {
            super("nobody reads standard output any more", cause);
        }
    }

    /** That of this process. */
    public static PrintWriter ofProcess() {
        return to(new FileOutputStream(FileDescriptor.out), System.out.charset());
    }

    /** One that ends in a stream. */
    public static PrintWriter to(OutputStream stream, Charset charset) {
        return new PrintWriter(new StandardOutput(new OutputStreamWriter(stream, charset)), true);
    }

    /**
     * Writes.
     *
     * @throws ReaderGoneException if nobody reads
     * @throws Failure if it cannot be written for another reason
     */
    @Override
    public void write(char[] text, int offset, int length) {
        try {
            to.write(text, offset, length);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public void flush() {
        try {
            to.flush();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public void close() {
        flush();
    }

    private static RuntimeException lost(IOException e) {
        String why = String.valueOf(e.getMessage());
        if (why.contains("Broken pipe")) {
            return new ReaderGoneException(e);
        }
        return Failure.of("P2P-OUTPUT-LOST", ExitCode.FAILED, "cannot write to standard output", why)
                .tryThis("send standard output to a place that is open and has room")
                .causedBy(e);
    }
}
