package dev.p2p.benchmarks;

import com.google.protobuf.Int64Value;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.router.Router;
import dev.p2p.router.RouterBuilder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** A healthy peer that asks a node for an echo every 10 ms and writes down how long each took. One thread uses it. */
final class EchoPing implements AutoCloseable {

    private static final int EVERY_MILLIS = 10;

    private static final ChannelDescriptor<Int64Value> PING = ChannelDescriptor.of(0x71, "ping", Int64Value.parser());

    private final Router peer;
    private final NodeId node;
    private final AtomicReference<Channel<Int64Value>> ping = new AtomicReference<>();
    private final Queue<Long> waits = new ConcurrentLinkedQueue<>();

    /** @param node one that {@link #echoing echoes}, and has been started */
    EchoPing(Router node) throws IOException {
        this.node = node.self().id();
        this.peer = Router.builder(
                        NodeKey.generate(new SecureRandom()), node.self().network())
                .persistentPeer(
                        NodeAddress.of(this.node, (NetEndpoint) node.endpoints().getFirst()))
                .reactor("ping", setup -> {
                    ping.set(setup.open(PING));
                    return event -> {
                        if (event instanceof Received(var _, var _, Int64Value sent)) {
                            waits.add(System.nanoTime() - sent.getValue());
                        }
                    };
                })
                .build();
        peer.start();
    }

    /** Makes a node answer. */
    static RouterBuilder echoing(RouterBuilder node) {
        return node.reactor("echo", setup -> {
            Channel<Int64Value> echo = setup.open(PING);
            return event -> {
                if (event instanceof Received(var from, var _, Int64Value value)) {
                    echo.send(from, value);
                }
            };
        });
    }

    /** How many peers the peer has: one, unless it has lost the node. */
    int connected() {
        return peer.peers().connected().size();
    }

    /** Pings until something is so. Returns how long each answer took, in nanoseconds. */
    List<Long> until(BooleanSupplier over) throws InterruptedException {
        waits.clear();
        while (!over.getAsBoolean()) {
            ping.get().send(node, Int64Value.of(System.nanoTime()));
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
        return List.copyOf(waits);
    }

    List<Long> during(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        return until(() -> System.nanoTime() >= end);
    }

    @Override
    public void close() {
        peer.close();
    }
}
