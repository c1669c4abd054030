package dev.p2p.cli.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** Who is at the other end of a Unix domain socket. The file's mode keeps others out; this looks once more. */
final class ClientOwner {

    private static final String ADMINISTRATOR = "root";

    private ClientOwner() {}

    /** Whether the other end is this process's own user, or the administrator. */
    static boolean mayConnect(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        UnixDomainPrincipal other = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        UserPrincipal user = other.user();
        return user.getName().equals(System.getProperty("user.name"))
                || user.getName().equals(ADMINISTRATOR);
    }
}
