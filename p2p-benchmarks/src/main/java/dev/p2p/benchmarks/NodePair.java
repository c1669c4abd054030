package dev.p2p.benchmarks;

import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeKey;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.router.Router;
import dev.p2p.router.RouterBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Two complete nodes in this process, connected over TCP on loopback. */
final class NodePair implements AutoCloseable {

    private final Router sender;
    private final Router receiver;
    private final CountDownLatch connected = new CountDownLatch(2);

    /** @param sending makes the sender's reactor, {@code receiving} the receiver's */
    NodePair(Function<ReactorSetup, Reactor> sending, Function<ReactorSetup, Reactor> receiving)
            throws IOException, InterruptedException {
        receiver = node(receiving).listen(loopback()).build();
        receiver.start();
        NodeAddress address = NodeAddress.of(
                receiver.self().id(), (NetEndpoint) receiver.endpoints().getFirst());
        sender = node(sending).persistentPeer(address).build();
        sender.start();
        if (!connected.await(30, TimeUnit.SECONDS)) {
            close();
            throw new IOException("the two nodes did not connect");
        }
    }

    /** Whom the sender sends to. */
    PeerRef receiverRef() {
        return sender.peers().connected(receiver.self().id()).orElseThrow().peer();
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }

    private RouterBuilder node(Function<ReactorSetup, Reactor> factory) {
        return Router.builder(NodeKey.generate(new SecureRandom()), "bench").reactor("bench", setup -> {
            Reactor reactor = factory.apply(setup);
            return event -> {
                if (event instanceof PeerUp) {
                    connected.countDown();
                }
                reactor.on(event);
            };
        });
    }

    private static NetEndpoint loopback() {
        return new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0);
    }
}
