package dev.p2p.cli.exchange;

import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A result in a file: complete, or not there at all. */
public final class NewFile {

    private NewFile() {}

    /** Writes a text. */
    @FunctionalInterface
    public interface Content {

        void writeTo(Writer out) throws IOException;
    }

    /**
     * Writes to a file, or to standard output if none is named or it is {@code -}.
     *
     * @param force whether a file that exists is replaced
     * @throws Failure if it exists or cannot be written
     */
    public static void write(Optional<Path> file, boolean force, PrintWriter out, Content content) {
        if (file.isEmpty() || file.get().toString().equals("-")) {
            toStandardOutput(out, content);
            return;
        }
        Path target = file.get().toAbsolutePath();
        Path temporary = target.resolveSibling("." + target.getFileName() + ".new");
        try {
            if (!force && Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            try (Writer writer = Files.newBufferedWriter(
                    temporary,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                content.writeTo(writer);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw Failure.of("P2P-FILE-EXISTS", ExitCode.FAILED, "cannot write " + file.get(), "the file exists")
                    .tryThis("choose another file")
                    .orThis("--force replaces it")
                    .causedBy(e);
        } catch (IOException | UncheckedIOException e) {
            boolean denied = e instanceof AccessDeniedException;
            throw Failure.of(
                            denied ? "P2P-FILE-NOT-PERMITTED" : "P2P-FILE-UNWRITABLE",
                            denied ? ExitCode.NOT_PERMITTED : ExitCode.FAILED,
                            "cannot write " + file.get(),
                            denied ? "this user may not write there" : String.valueOf(e.getMessage()))
                    .tryThis("choose another place")
                    .causedBy(e);
        } finally {
            temporary.toFile().delete();
        }
    }

    private static void toStandardOutput(PrintWriter out, Content content) {
        try {
            content.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
