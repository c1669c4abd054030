package dev.p2p.cli.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** Who is at the other end of a Unix domain socket. The file's mode keeps others out; this looks once more. */
final class ClientOwner {

    private static final String ADMINISTRATOR = "root";

    private ClientOwner() {}

    /**
     * Whether the other end is the administrator, or the user who owns a file that this process has made. Users are compared as the
     * system writes them, since one without a name, as in many containers, has no other sign.
     */
    static boolean mayConnect(SocketChannel channel, Path ownFile) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        UnixDomainPrincipal other = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        UserPrincipal user = other.user();
        return user.getName().equals(System.getProperty("user.name"))
                || user.getName().equals(ADMINISTRATOR);
    }
}
