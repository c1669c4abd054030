package com.example.p2p.unix;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One connected socket as raw bytes. */
final class UnixStream implements ByteStream {

    private final SocketChannel socket;
    private final ScheduledExecutorService timer;
    private Future<?> deadline;
    private volatile boolean late;

    UnixStream(SocketChannel socket, ScheduledExecutorService timer) {
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
        if (!fromNow.isZero()) {
            deadline = timer.schedule(this::expire, fromNow.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        deadline(Duration.ZERO);
        closeSocket();
    }

    private void expire() {
        late = true;
        closeSocket();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IOException explained(IOException e) {
        return late ? new TransportException(Reason.HANDSHAKE_TIMEOUT, "the peer did not answer in time", e) : e;
    }
}
