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
import dev.p2p.router.RouterLimits;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Connections that stop within the handshake, opened by another process, beside a healthy peer that asks for an echo every
 * 10 ms. With {@code lifted}, the node drops none of them, so the growth is the price of holding them all.
 */
final class HalfOpen {

    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 16;
    private static final int PING_EVERY_MILLIS = 10;
    private static final int CROWD_START_SECONDS = 2;

    /** A smaller crowd comes first, so that neither figure is that of code which runs for the first time. */
    private static final int WARM_UP_CROWD = 1_000;

    private static final ChannelDescriptor<Int64Value> PING = ChannelDescriptor.of(0x71, "ping", Int64Value.parser());

    private final int connections;
    private final boolean lifted;
    private final List<Long> waits = new CopyOnWriteArrayList<>();
    private final AtomicReference<Channel<Int64Value>> ping = new AtomicReference<>();

    HalfOpen(int connections, boolean lifted) {
        this.connections = connections;
        this.lifted = lifted;
    }

    ResultLine run() throws Exception {
        ResultLine line = new ResultLine("half-open", lifted ? "lifted" : "standard").set("connections", connections);
        RouterLimits limits = lifted
                ? RouterLimits.STANDARD.withMaxPending(2 * connections).withHandshakeTimeout(Duration.ofMinutes(5))
                : RouterLimits.STANDARD;
        try (Router node = Router.builder(NodeKey.generate(new SecureRandom()), "bench")
                        .listen(new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0))
                        .limits(limits)
                        .reactor("echo", setup -> {
                            Channel<Int64Value> echo = setup.open(PING);
                            return event -> {
                                if (event instanceof Received(var from, var _, Int64Value value)) {
                                    echo.send(from, value);
                                }
                            };
                        })
                        .build();
                Router healthy = healthy(node)) {
            NodeId id = node.self().id();
            NetEndpoint place = (NetEndpoint) node.endpoints().getFirst();
            Process first = crowd(place, WARM_UP_CROWD);
            begin(first);
            pingUntilThere(first, id);
            first.destroy();
            pingFor(id, WARM_UP_SECONDS);
            waits.clear();
            pingFor(id, SECONDS);
            line.set("quietP50Ms", millis(0.50)).set("quietP99Ms", millis(0.99));
            long before = usedMemory();
            Process crowd = crowd(place, connections);
            try {
                pingFor(id, CROWD_START_SECONDS); // a JVM that starts is no attack
                waits.clear();
                long began = System.nanoTime();
                begin(crowd);
                pingUntilThere(crowd, id);
                line.set("openingSeconds", ResultLine.round((System.nanoTime() - began) / 1e9));
                line.set("openingP50Ms", millis(0.50)).set("openingP99Ms", millis(0.99));
                waits.clear();
                pingFor(id, SECONDS);
                line.set("heldP50Ms", millis(0.50)).set("heldP99Ms", millis(0.99));
                long growth = usedMemory() - before;
                line.set("growthBytes", growth).set("growthPerConnection", growth / connections);
                line.set("healthyPeers", healthy.peers().connected().size());
                node.endings().forEach((reason, count) -> line.set("ended-" + reason, count));
            } finally {
                crowd.destroy();
            }
        }
        return line;
    }

    private Router healthy(Router node) throws IOException {
        node.start();
        Router peer = Router.builder(NodeKey.generate(new SecureRandom()), "bench")
                .persistentPeer(NodeAddress.of(
                        node.self().id(), (NetEndpoint) node.endpoints().getFirst()))
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
        return peer;
    }

    private void pingFor(NodeId to, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            pingOnce(to);
        }
    }

    private static void begin(Process crowd) throws IOException {
        crowd.outputWriter().write("\n");
        crowd.outputWriter().flush();
    }

    private void pingUntilThere(Process crowd, NodeId to) throws IOException, InterruptedException {
        while (!crowd.inputReader().ready() && crowd.isAlive()) {
            pingOnce(to);
        }
    }

    private void pingOnce(NodeId to) throws InterruptedException {
        ping.get().send(to, Int64Value.of(System.nanoTime()));
        TimeUnit.MILLISECONDS.sleep(PING_EVERY_MILLIS);
    }

    /** This program again, as the attacker. */
    private Process crowd(NetEndpoint place, int connections) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-p",
                        System.getProperty("jdk.module.path"),
                        "-m",
                        "dev.p2p.benchmarks/dev.p2p.benchmarks.HalfOpenCrowd",
                        place.ip().getHostAddress(),
                        Integer.toString(place.port()),
                        Integer.toString(connections))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private double millis(double share) {
        List<Long> sorted = waits.stream().sorted().toList();
        return sorted.isEmpty()
                ? -1
                : ResultLine.round(sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1e6);
    }

    private static long usedMemory() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
    }
}
