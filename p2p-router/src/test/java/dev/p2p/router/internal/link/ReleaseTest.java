package dev.p2p.router.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Direction;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.LinkCounters;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import dev.p2p.api.transport.TransportException;
import dev.p2p.router.internal.Threads;
import dev.p2p.router.internal.inbound.ReassemblyBudget;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A peer that is let go, and hangs up by itself at that very moment. */
class ReleaseTest {

    private static final NodeId PEER = new NodeId(1, 2, 3);

    private final CountDownLatch hangsUp = new CountDownLatch(1);
    private final CompletableFuture<Reason> closed = new CompletableFuture<>();
    private final CompletableFuture<Reason> ended = new CompletableFuture<>();
    private final Threads threads = new Threads();

    @Test
    void whoHangsUpWhenAllHasBeenSaidWasLetGo() throws Exception {
        Link link = link();
        link.start(threads);
        link.release();
        assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(Reason.REQUESTED);
    }

    @Test
    void whoHangsUpBeforeEndedTheConnectionItself() throws Exception {
        Link link = link();
        link.start(threads);
        hangsUp.countDown();
        assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(Reason.CLOSED_BY_PEER);
        link.release();
        assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(Reason.CLOSED_BY_PEER);
    }

    private Link link() {
        return new Link(
                new PeerRef(PEER, 1),
                new HangingUp(),
                Direction.INBOUND,
                new LocalEndpoint("memory", "peer"),
                Instant.EPOCH,
                new ChannelTable(List.of()),
                new ReassemblyBudget(1 << 20),
                (link, reason) -> ended.complete(reason));
    }

    /** Its writer learns that all is said; then the reader sees the peer's end, and only when that was acted on the writer returns. */
    private final class HangingUp implements Connection {

        @Override
        public NodeInfo peerInfo() {
            return NodeInfo.of(PEER, "net", "peer", "", "0.0.0.0:0", List.of());
        }

        @Override
        public PublicKey peerKey() {
            return NodeKey.ofSeed(new byte[32]).publicKey();
        }

        @Override
        public void read(InboundSink sink) throws IOException, InterruptedException {
            hangsUp.await();
            throw new TransportException(Reason.CLOSED_BY_PEER, "the peer ended the connection");
        }

        @Override
        public void write(OutboundSource source) throws InterruptedException {
            while (source.next(1_024, Duration.ofDays(1)) != Piece.END) {
                // until all is said
            }
            hangsUp.countDown();
            closed.join();
        }

        @Override
        public CompletionStage<Duration> ping() {
            throw new UnsupportedOperationException();
        }

        @Override
        public LinkCounters counters() {
            return new LinkCounters(0, 0, 0, 0, 0, 0);
        }

        @Override
        public void close(Reason reason) {
            closed.complete(reason);
        }
    }
}
