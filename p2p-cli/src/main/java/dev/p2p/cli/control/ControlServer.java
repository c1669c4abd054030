package dev.p2p.cli.control;

import dev.p2p.api.NodeId;
import dev.p2p.api.reactor.PeerDirectory;
import dev.p2p.router.control.PeerControl;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets the owner of a node see and steer it while it runs, over a Unix domain socket in its home. Everything that arrives is taken for
 * hostile: lines, nesting, rate, the number of clients and their patience are bounded ({@code docs/control.md}).
 *
 * <p>Threads: one that accepts, one that watches, one for each client; all virtual.
 */
public final class ControlServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ControlServer.class.getName());

    private static final long RETRY_MILLIS = 100;

    private final Path home;
    private final ServerSocketChannel server;
    private final ControlMethods methods;
    private final ControlLimits limits;
    private final NodeId self;
    private final Set<ClientSession> clients = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    private ControlServer(
            Path home, ServerSocketChannel server, ControlMethods methods, ControlLimits limits, NodeId self) {
        this.home = home;
        this.server = server;
        this.methods = methods;
        this.limits = limits;
        this.self = self;
    }

    /**
     * Listens for a running node.
     *
     * @param home the node's folder, in which the socket is made
     * @param self who the node is
     * @param listens where it listens
     * @throws IOException if the socket cannot be made, or another node answers there
     */
    public static ControlServer start(
            Path home, NodeId self, PeerControl control, PeerDirectory directory, Supplier<List<String>> listens)
            throws IOException {
        ControlMethods methods = new ControlMethods(control, directory, listens, InstantSource.system());
        return start(home, self, methods, ControlLimits.USUAL);
    }

    static ControlServer start(Path home, NodeId self, ControlMethods methods, ControlLimits limits)
            throws IOException {
        Optional<SocketChannel> other = ControlSocket.connect(ControlSocket.in(home));
        if (other.isPresent()) {
            other.get().close();
            throw new IOException("another node answers at " + ControlSocket.in(home));
        }
        ControlServer server = new ControlServer(home, ControlSocket.listen(home), methods, limits, self);
        try {
            methods.sample();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Thread.ofVirtual().name("p2p-control-accept").start(server::accept);
        Thread.ofVirtual().name("p2p-control-watch").start(server::watch);
        return server;
    }

    /** Ends all clients and takes the socket away. */
    @Override
    public void close() {
        closing.countDown();
        try {
            server.close();
            ControlSocket.remove(home);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the control socket stays behind in " + home, e);
        }
        clients.forEach(ClientSession::close);
    }

    private void accept() {
        try {
            while (closing.getCount() > 0) {
                acceptOne();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failure is one client's, or passes: a system may have no more files for a while. */
    private void acceptOne() throws InterruptedException {
        try {
            serve(server.accept());
        } catch (ClosedChannelException e) {
            LOG.log(Level.DEBUG, "the control socket, or a client, was closed");
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a client of the control socket could not be served: " + e);
            if (closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.log(Level.DEBUG, "the control socket is closing");
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        boolean welcome;
        try {
            welcome = clients.size() < limits.maxClients() && ClientOwner.mayConnect(channel, ControlSocket.in(home));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        if (!welcome) {
            channel.close();
            return;
        }
        ClientSession[] session = new ClientSession[1];
        session[0] = new ClientSession(channel, methods, limits, self.toString(), () -> clients.remove(session[0]));
        clients.add(session[0]);
        Thread.ofVirtual().name("p2p-control-client").start(session[0]);
    }

    /** Every second: drops clients that are overdue, and counts what flows. */
    private void watch() {
        try {
            while (!closing.await(1, TimeUnit.SECONDS)) {
                clients.stream().filter(ClientSession::overdue).forEach(ClientSession::close);
                methods.sample();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
