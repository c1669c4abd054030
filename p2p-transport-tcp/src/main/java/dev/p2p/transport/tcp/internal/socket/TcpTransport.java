package dev.p2p.transport.tcp.internal.socket;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Side;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens and dials on TCP.
 *
 * <p>Setting {@code socket-buffer-bytes} bounds the kernel's buffers, because priorities end where these begin: with untouched
 * ones an urgent message waits 10 to 17 ms behind bulk on a fast path. Default 256 KiB; 0 leaves them to the kernel.
 */
public final class TcpTransport implements Transport {

    /** The protocol of the endpoints that this transport serves. */
    public static final String PROTOCOL = "tcp";

    private static final String BUFFER_SETTING = "socket-buffer-bytes";
    private static final String DEFAULT_BUFFER_BYTES = "262144";
    private static final int BACKLOG = 1_024;

    private final TransportContext context;
    private final int bufferBytes;
    private final Set<TcpListener> listeners = ConcurrentHashMap.newKeySet();
    private final Set<SocketChannel> dialing = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public TcpTransport(TransportContext context) {
        this.context = context;
        this.bufferBytes = Integer.parseInt(context.settings().getOrDefault(BUFFER_SETTING, DEFAULT_BUFFER_BYTES));
    }

    @Override
    public Listener listen(Endpoint endpoint) throws IOException {
        NetEndpoint place = own(endpoint);
        requireOpen();
        ServerSocketChannel server = open(place.ip());
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (bufferBytes > 0) {
                server.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            }
            server.bind(place.toSocketAddress(), BACKLOG);
            TcpListener listener = new TcpListener(this, server);
            listeners.add(listener);
            return listener;
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + place + ": " + e.getMessage(), e);
        }
    }

    /** A socket of the usual kind takes IPv4's "everywhere" for IPv6's, and would let in whom nobody asked for. */
    private static ServerSocketChannel open(InetAddress ip) throws IOException {
        return ip instanceof Inet4Address
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
    }

    @Override
    public PendingConnection dial(Endpoint endpoint, Duration limit) throws IOException, InterruptedException {
        NetEndpoint place = own(endpoint);
        if (place.ip().isAnyLocalAddress()) {
            throw new IllegalArgumentException("an unspecified address is no place to dial: " + endpoint);
        }
        requireOpen();
        SocketChannel socket = SocketChannel.open();
        dialing.add(socket);
        try {
            configure(socket);
            socket.socket().connect(place.toSocketAddress(), Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
            if (closed) {
                throw new TransportException(Reason.SHUTDOWN, "the transport is closed");
            }
            return pending(socket, Side.DIALER);
        } catch (ClosedByInterruptException e) {
            socket.close();
            throw new InterruptedException("the dial was interrupted");
        } catch (IOException e) {
            socket.close();
            if (Thread.interrupted()) {
                throw new InterruptedException("the dial was interrupted");
            }
            throw explained(place, limit, e);
        } finally {
            dialing.remove(socket);
        }
    }

    @Override
    public void close() {
        closed = true;
        listeners.forEach(TcpListener::close);
        dialing.forEach(TcpTransport::closeQuietly);
    }

    /** Hands an accepted socket to the node's stream protocol. */
    PendingConnection accepted(SocketChannel socket) throws IOException {
        try {
            configure(socket);
            return pending(socket, Side.ACCEPTOR);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    void forget(TcpListener listener) {
        listeners.remove(listener);
    }

    static NetEndpoint endpoint(SocketAddress address) {
        InetSocketAddress inet = (InetSocketAddress) address;
        return new NetEndpoint(PROTOCOL, inet.getAddress(), inet.getPort());
    }

    static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            System.getLogger(TcpTransport.class.getName())
                    .log(System.Logger.Level.DEBUG, "a socket did not close cleanly", e);
        }
    }

    private void configure(SocketChannel socket) throws IOException {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (bufferBytes > 0) {
            socket.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
        }
    }

    private PendingConnection pending(SocketChannel socket, Side side) throws IOException {
        NetEndpoint local = endpoint(socket.getLocalAddress());
        NetEndpoint remote = endpoint(socket.getRemoteAddress());
        return context.streamProtocol().over(new TcpByteStream(socket, context.timer()), local, remote, side);
    }

    private void requireOpen() throws TransportException {
        if (closed) {
            throw new TransportException(Reason.SHUTDOWN, "the transport is closed");
        }
    }

    private IOException explained(NetEndpoint place, Duration limit, IOException e) {
        if (e instanceof TransportException) {
            return e;
        }
        if (closed) {
            return new TransportException(Reason.SHUTDOWN, "the transport was closed while dialing " + place, e);
        }
        if (e instanceof SocketTimeoutException) {
            return new TransportException(Reason.DIAL_TIMEOUT, "no connection to " + place + " within " + limit, e);
        }
        if (e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused")) {
            return new TransportException(Reason.CONNECTION_REFUSED, "nobody listens on " + place, e);
        }
        return new TransportException(Reason.NETWORK_FAILURE, "no connection to " + place + ": " + e.getMessage(), e);
    }

    private static NetEndpoint own(Endpoint endpoint) {
        if (endpoint instanceof NetEndpoint net && net.protocol().equals(PROTOCOL)) {
            return net;
        }
        throw new IllegalArgumentException("not a TCP endpoint: " + endpoint);
    }
}
