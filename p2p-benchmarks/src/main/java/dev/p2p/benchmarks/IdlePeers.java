package dev.p2p.benchmarks;

import com.google.protobuf.BytesValue;
import dev.p2p.api.ChannelId;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.router.Router;
import dev.p2p.router.RouterLimits;
import dev.p2p.router.plugin.TransportSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * W8: a node with many idle peers on loopback TCP. Both ends live in this process, so the heap's growth for each connection is
 * that of two peers: the node's, and a dialing side of connection, two threads and nothing else.
 */
final class IdlePeers {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int peers;
    private final SecureRandom random = new SecureRandom();

    IdlePeers(int peers) {
        this.peers = peers;
    }

    ResultLine run() throws Exception {
        ResultLine line = new ResultLine("idle", "default").set("peers", peers);
        ChannelDescriptor<BytesValue> descriptor = ChannelDescriptor.of(0x30, "idle", BytesValue.parser());
        try (Router node = Router.builder(NodeKey.generate(random), "bench")
                        .listen(new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0))
                        .limits(RouterLimits.STANDARD.withPeers(peers + 10, 0).withMaxPending(256))
                        .reactor("idle", setup -> {
                            setup.open(descriptor);
                            return event -> {};
                        })
                        .build();
                TransportSet transports = new TransportSet(
                        ServiceLoader.load(TransportProvider.class),
                        ServiceLoader.load(StreamProtocolProvider.class).findFirst(),
                        random,
                        Map.of())) {
            node.start();
            NetEndpoint place = (NetEndpoint) node.endpoints().getFirst();
            List<Connection> held = new ArrayList<>();
            connect(transports, place, descriptor.id(), 10, held);
            awaitPeers(node, 10);
            long heapBefore = usedHeap();
            connect(transports, place, descriptor.id(), peers - 10, held);
            awaitPeers(node, peers);
            long heap = (usedHeap() - heapBefore) / (peers - 10);
            line.set("heapPerConnectionBothEnds", heap).set("heapPerPeer", heap / 2);
            held.forEach(Connection::close);
            return line;
        }
    }

    private void connect(
            TransportSet transports, NetEndpoint place, ChannelId channel, int count, List<Connection> held)
            throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            NodeKey key = NodeKey.generate(random);
            NodeInfo info = NodeInfo.of(key.id(), "bench", "idle", "", "0.0.0.0:0", List.of(channel));
            Connection connection = transports
                    .find("tcp")
                    .orElseThrow()
                    .dial(place, LIMIT)
                    .handshake(new HandshakeRequest(key, info, Optional.empty(), LIMIT));
            held.add(connection);
            Thread.ofVirtual().start(() -> untilClosed(() -> connection.read(new Nowhere())));
            Thread.ofVirtual().start(() -> untilClosed(() -> connection.write(new Nothing())));
        }
    }

    private static void awaitPeers(Router node, int count) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (node.peers().connected().size() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "only " + node.peers().connected().size() + " peers are connected");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.SECONDS.sleep(2);
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private interface Loop {
        void run() throws IOException, InterruptedException;
    }

    private static void untilClosed(Loop loop) {
        try {
            loop.run();
        } catch (IOException e) {
            // the end of the benchmark
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Nowhere implements InboundSink {

        @Override
        public void piece(ChannelId channel, ByteBuffer bytes, boolean last) {}

        @Override
        public int maxMessageBytes(ChannelId channel) {
            return 1 << 20;
        }
    }

    private static final class Nothing implements OutboundSource {

        @Override
        public synchronized @Nullable Piece next(int maxBytes, Duration wait) throws InterruptedException {
            if (!wait.isZero()) {
                wait(Math.max(1, wait.toMillis()));
            }
            return null;
        }

        @Override
        public synchronized void wake() {
            notifyAll();
        }
    }
}
