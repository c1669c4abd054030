package dev.p2p.transport.tcp.internal.socket;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connected socket. Blocking calls park a virtual thread; whoever closes the socket ends them. */
final class TcpByteStream implements ByteStream {

    private final SocketChannel socket;
    private final ScheduledExecutorService timer;
    private @Nullable Future<?> deadline;
    private volatile boolean late;

    TcpByteStream(SocketChannel socket, ScheduledExecutorService timer) {
        this.socket = socket;
        this.timer = timer;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        try {
            return socket.read(into);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        try {
            while (from.hasRemaining()) {
                socket.write(from);
            }
        } catch (IOException e) {
            throw explained(e);
        }
    }

    @Override
    public synchronized void deadline(Duration fromNow) {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
        if (!fromNow.isZero() && socket.isOpen()) {
            deadline = timer.schedule(this::expire, fromNow.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        deadline(Duration.ZERO);
        TcpTransport.closeQuietly(socket);
    }

    private void expire() {
        late = true;
        TcpTransport.closeQuietly(socket);
    }

    private IOException explained(IOException e) {
        return late ? new TransportException(Reason.HANDSHAKE_TIMEOUT, "the peer did not answer in time", e) : e;
    }
}
