package dev.p2p.cli.key;

import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A key's file: small, written whole or not at all, readable by its owner only. */
final class SecretFile {

    /** Real files have about 150 bytes. */
    private static final int MAX_FILE_BYTES = 64 * 1_024;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private SecretFile() {}

    static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
            if (content.length > MAX_FILE_BYTES) {
                throw new IOException("it has more than " + MAX_FILE_BYTES + " bytes, so it is no key file");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw Failure.of(
                            "P2P-KEY-NOT-FOUND",
                            ExitCode.NOT_FOUND,
                            "cannot read the key file " + file,
                            "there is no such file")
                    .tryThis("p2p keys gen --out " + file)
                    .causedBy(e);
        } catch (AccessDeniedException e) {
            throw Failure.of(
                            "P2P-KEY-NOT-PERMITTED",
                            ExitCode.NOT_PERMITTED,
                            "cannot read the key file " + file,
                            "this user may not read it")
                    .tryThis("run as the file's owner")
                    .causedBy(e);
        } catch (IOException e) {
            throw Failure.of(
                            "P2P-KEY-UNREADABLE",
                            ExitCode.FAILED,
                            "cannot read the key file " + file,
                            String.valueOf(e.getMessage()))
                    .tryThis("name a key file: a node keeps it in HOME/config/node_key.json")
                    .causedBy(e);
        }
    }

    /** Writes so that a crash leaves the old file or the new one. */
    static void write(Path file, byte[] content, boolean replace) {
        Path absolute = file.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".new");
        try {
            Files.createDirectories(absolute.getParent());
            Files.deleteIfExists(temporary);
            FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
            Files.createFile(temporary, mode);
            Files.write(temporary, content, StandardOpenOption.SYNC);
            if (replace) {
                move(temporary, absolute);
            } else {
                // A hard link fails if the name is taken, also when somebody else takes it at this moment.
                Files.createLink(absolute, temporary);
            }
        } catch (FileAlreadyExistsException e) {
            throw Failure.of(
                            "P2P-KEY-EXISTS",
                            ExitCode.FAILED,
                            "cannot write the key file " + file,
                            "it exists, and replacing it would change the node's identity")
                    .tryThis("choose another file with --out")
                    .orThis("p2p keys gen --out " + file + " --force   replaces it")
                    .causedBy(e);
        } catch (IOException e) {
            throw unwritable(file, e);
        } finally {
            discard(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            System.getLogger(SecretFile.class.getName())
                    .log(System.Logger.Level.WARNING, "a temporary key file stays behind: " + temporary, e);
        }
    }

    private static Failure unwritable(Path file, IOException e) {
        boolean denied = e instanceof AccessDeniedException;
        return Failure.of(
                        denied ? "P2P-KEY-NOT-PERMITTED" : "P2P-KEY-UNWRITABLE",
                        denied ? ExitCode.NOT_PERMITTED : ExitCode.FAILED,
                        "cannot write the key file " + file,
                        denied ? "this user may not write there" : String.valueOf(e.getMessage()))
                .tryThis("choose another place")
                .causedBy(e);
    }
}
