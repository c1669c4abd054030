package dev.p2p.transport.tcp.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.testkit.transport.TestTransportContext;
import dev.p2p.transport.tcp.CometStreamProtocolProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TcpListenerTest {

    /** Some systems refuse to set up a socket whose other end has gone; as an error of accepting it would make the node rest. */
    @Test
    void whoeverHasGoneBeforeItsSocketWasSetUpIsPassedOver() throws Exception {
        try (TestTransportContext context =
                        new TestTransportContext(Map.of(), Optional.of(new CometStreamProtocolProvider()));
                ServerSocketChannel real = ServerSocketChannel.open();
                Scripted server = new Scripted(real)) {
            real.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel gone = SocketChannel.open();
            gone.close();
            server.arriving.add(gone);
            server.arriving.add(gone);
            try (SocketChannel here = SocketChannel.open(real.getLocalAddress())) {
                server.arriving.add(here);
                TcpListener listener = new TcpListener(new TcpTransport(context), server);
                try (PendingConnection pending = listener.accept()) {
                    assertThat(pending.local()).isEqualTo(TcpTransport.endpoint(here.getLocalAddress()));
                }
                assertThat(server.arriving).isEmpty();
                listener.close();
                assertThatThrownBy(listener::accept).isInstanceOf(ListenerClosedException.class);
            }
        }
    }

    /** Accepts what it was given; everything else is up to a real one. */
    private static final class Scripted extends ServerSocketChannel {

        private final ServerSocketChannel real;
        private final Queue<SocketChannel> arriving = new ArrayDeque<>();

        Scripted(ServerSocketChannel real) {
            super(real.provider());
            this.real = real;
        }

        @Override
        public SocketChannel accept() throws IOException {
            SocketChannel next = arriving.poll();
            return next == null ? real.accept() : next;
        }

        @Override
        public ServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
            return real.bind(local, backlog);
        }

        @Override
        public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
            return real.setOption(name, value);
        }

        @Override
        public <T> T getOption(SocketOption<T> name) throws IOException {
            return real.getOption(name);
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return real.supportedOptions();
        }

        @Override
        public ServerSocket socket() {
            return real.socket();
        }

        @Override
        public SocketAddress getLocalAddress() throws IOException {
            return real.getLocalAddress();
        }

        @Override
        protected void implCloseSelectableChannel() throws IOException {
            real.close();
        }

        @Override
        protected void implConfigureBlocking(boolean block) throws IOException {
            real.configureBlocking(block);
        }
    }
}
