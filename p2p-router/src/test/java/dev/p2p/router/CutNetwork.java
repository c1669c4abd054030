package dev.p2p.router;

import dev.p2p.api.ChannelId;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.LinkCounters;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Piece;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Another transport whose connections break: each after as many bytes of pieces, written and read together on this side, as its
 * lot says. Messages travel in small pieces, so most breaks are in the middle of one.
 */
record CutNetwork(TransportProvider whole, LongSupplier lots) implements TransportProvider {

    private static final int PIECE_BYTES = 97;

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public Set<String> protocols() {
        return whole.protocols();
    }

    @Override
    public Transport create(TransportContext context) {
        Transport inner = whole.create(context);
        return new Transport() {
            @Override
            public Listener listen(Endpoint endpoint) throws IOException {
                return new CutListener(inner.listen(endpoint));
            }

            @Override
            public PendingConnection dial(Endpoint endpoint, Duration limit) throws IOException, InterruptedException {
                return new CutPending(inner.dial(endpoint, limit));
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    private final class CutListener implements Listener {

        private final Listener inner;

        CutListener(Listener inner) {
            this.inner = inner;
        }

        @Override
        public Endpoint endpoint() {
            return inner.endpoint();
        }

        @Override
        public PendingConnection accept() throws IOException, InterruptedException {
            return new CutPending(inner.accept());
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private final class CutPending implements PendingConnection {

        private final PendingConnection inner;

        CutPending(PendingConnection inner) {
            this.inner = inner;
        }

        @Override
        public Endpoint local() {
            return inner.local();
        }

        @Override
        public Endpoint remote() {
            return inner.remote();
        }

        @Override
        public Connection handshake(HandshakeRequest request) throws IOException, InterruptedException {
            return new CutConnection(inner.handshake(request), new AtomicLong(lots.getAsLong()));
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    /** @param left how many bytes the connection still has to live */
    private record CutConnection(Connection inner, AtomicLong left) implements Connection {

        @Override
        public NodeInfo peerInfo() {
            return inner.peerInfo();
        }

        @Override
        public PublicKey peerKey() {
            return inner.peerKey();
        }

        @Override
        public void read(InboundSink sink) throws IOException, InterruptedException {
            inner.read(new InboundSink() {
                @Override
                public void piece(ChannelId channel, ByteBuffer bytes, boolean last)
                        throws IOException, InterruptedException {
                    int length = bytes.remaining();
                    sink.piece(channel, bytes, last);
                    spend(length);
                }

                @Override
                public int maxMessageBytes(ChannelId channel) {
                    return sink.maxMessageBytes(channel);
                }
            });
        }

        @Override
        public void write(OutboundSource source) throws IOException, InterruptedException {
            inner.write(new OutboundSource() {
                @Override
                public @Nullable Piece next(int maxBytes, Duration wait) throws InterruptedException {
                    Piece piece = source.next(Math.min(maxBytes, PIECE_BYTES), wait);
                    if (piece != null) {
                        spend(piece.bytes().remaining());
                    }
                    return piece;
                }

                @Override
                public void wake() {
                    source.wake();
                }
            });
        }

        @Override
        public CompletionStage<Duration> ping() {
            return inner.ping();
        }

        @Override
        public LinkCounters counters() {
            return inner.counters();
        }

        @Override
        public void close(Reason reason) {
            inner.close(reason);
        }

        private void spend(int bytes) {
            if (left.addAndGet(-bytes) <= 0) {
                inner.close(Reason.NETWORK_FAILURE);
            }
        }
    }
}
