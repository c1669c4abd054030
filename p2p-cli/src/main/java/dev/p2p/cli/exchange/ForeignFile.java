package dev.p2p.cli.exchange;

import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A text file from anywhere, read whole within a limit. */
public final class ForeignFile {

    /** The largest file that is read: three times the largest address book that CometBFT can write, and a million peers' export. */
    public static final int MAX_BYTES = 512 * 1_024 * 1_024;

    private ForeignFile() {}

    /**
     * Reads it.
     *
     * @param what what it should be, such as {@code address book}
     * @throws Failure if it cannot be read, is too large, or is no UTF-8 text
     */
    public static String read(Path file, String what) {
        return read(file, what, MAX_BYTES);
    }

    /** Reads a file of at most so many bytes. */
    public static String read(Path file, String what, int maxBytes) {
        String doing = "cannot read the " + what + " " + file;
        try {
            if (Files.isDirectory(file)) {
                throw failure(doing, "it is a folder");
            }
            byte[] content;
            try (InputStream in = Files.newInputStream(file)) {
                content = in.readNBytes(maxBytes + 1);
            }
            if (content.length > maxBytes) {
                throw failure(doing, "it has more than " + maxBytes + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw failure(doing, "it is no UTF-8 text").causedBy(e);
        } catch (NoSuchFileException e) {
            throw Failure.of("P2P-FILE-NOT-FOUND", ExitCode.NOT_FOUND, doing, "there is no such file")
                    .tryThis("name an existing file")
                    .causedBy(e);
        } catch (AccessDeniedException e) {
            throw Failure.of("P2P-FILE-NOT-PERMITTED", ExitCode.NOT_PERMITTED, doing, "this user may not read it")
                    .tryThis("run as the file's owner")
                    .causedBy(e);
        } catch (IOException e) {
            throw failure(doing, String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private static Failure failure(String what, String why) {
        return Failure.of("P2P-FILE-INVALID", ExitCode.FAILED, what, why).tryThis("name another file");
    }
}
