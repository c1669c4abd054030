package dev.p2p.cli.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a node's control socket lies: {@code control.sock} in its home. The name of a Unix domain socket has at most about a
 * hundred bytes; in a home with a longer name the socket lies in a temporary folder, and a symbolic link in the home leads there.
 */
public final class ControlSocket {

    private static final String NAME = "control.sock";

    /** What every system with such sockets takes ({@code sun_path} has 104 bytes on some, 108 on Linux). */
    private static final int MAX_PATH_BYTES = 100;

    private ControlSocket() {}

    /** The socket's path in a home. */
    public static Path in(Path home) {
        return home.resolve(NAME);
    }

    /** Reads {@code unix:///path}, {@code unix:path} or a path. */
    public static Path parse(String uri) {
        String path = uri.startsWith("unix://") ? uri.substring("unix://".length()) : uri;
        path = path.startsWith("unix:") ? path.substring("unix:".length()) : path;
        if (path.isEmpty() || path.contains("://")) {
            throw new IllegalArgumentException("a control socket is named unix:///PATH");
        }
        return Path.of(path);
    }

    /** Connects, or is empty if nobody listens there. */
    static Optional<SocketChannel> connect(Path socket) {
        try {
            Path real = socket.toRealPath();
            return Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(fitting(real))));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /**
     * Listens. Nobody but the owner can connect at any moment: the socket is made in a folder of the owner's own, closed to others,
     * and moved into place.
     */
    static ServerSocketChannel listen(Path home) throws IOException {
        Path place = in(home).toAbsolutePath();
        boolean shortEnough = bytes(place) + ".control-0123456789012345678/".length() <= MAX_PATH_BYTES;
        Path folder = shortEnough
                ? Files.createTempDirectory(place.getParent(), ".control-")
                : Files.createTempDirectory("p2p-control-");
        Path made = folder.resolve(NAME);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(made));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            if (shortEnough) {
                Files.move(made, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Files.delete(folder);
            } else {
                Files.deleteIfExists(place);
                Files.createSymbolicLink(place, made);
            }
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            Files.deleteIfExists(made);
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /** Takes away what {@link #listen} made. */
    static void remove(Path home) throws IOException {
        Path place = in(home).toAbsolutePath();
        if (Files.isSymbolicLink(place)) {
            Path made = Files.readSymbolicLink(place);
            Files.deleteIfExists(made);
            Files.deleteIfExists(made.toAbsolutePath().getParent());
        }
        Files.deleteIfExists(place);
    }

    /** Whether there is something of that name, alive or not. */
    public static boolean exists(Path socket) {
        return Files.exists(socket, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path fitting(Path path) {
        if (bytes(path) > MAX_PATH_BYTES) {
            Path relative = Path.of("").toAbsolutePath().relativize(path);
            return bytes(relative) < bytes(path) ? relative : path;
        }
        return path;
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
