package dev.p2p.benchmarks;

import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeKey;
import dev.p2p.router.Router;
import dev.p2p.router.RouterLimits;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections that stop within the handshake, opened by another process, beside a healthy peer: three times, each after a quiet time of
 * about the same length, so that what the machine does besides falls on both alike. The last crowd is held. With {@code lifted} the node drops
 * none of them, so the growth is the price of holding them all; one crowd shows that.
 */
final class HalfOpen {

    private static final Duration QUIET = Duration.ofSeconds(22);
    private static final Duration HELD = Duration.ofSeconds(16);
    private static final int ROUNDS = 3;

    /** Enough that the code which meets a crowd is compiled before anything is measured. */
    private static final int WARM_UP_CROWD = 6_000;

    private final int connections;
    private final boolean lifted;

    HalfOpen(int connections, boolean lifted) {
        this.connections = connections;
        this.lifted = lifted;
    }

    ResultLine run() throws Exception {
        ResultLine line = new ResultLine("half-open", lifted ? "lifted" : "standard").set("connections", connections);
        RouterLimits limits = lifted
                ? RouterLimits.STANDARD.withMaxPending(2 * connections).withHandshakeTimeout(Duration.ofMinutes(5))
                : RouterLimits.STANDARD;
        try (Router node = EchoPing.echoing(Router.builder(NodeKey.generate(new SecureRandom()), "bench")
                        .listen(new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0))
                        .limits(limits))
                .build()) {
            node.start();
            try (EchoPing healthy = new EchoPing(node)) {
                NetEndpoint place = (NetEndpoint) node.endpoints().getFirst();
                try (HalfOpenCrowd.Attacker crowd = HalfOpenCrowd.at(place, WARM_UP_CROWD)) {
                    crowd.begin();
                    healthy.until(crowd::isThere);
                }
                rounds(line, node, healthy, place);
                line.set("healthyPeers", healthy.connected());
                node.endings().forEach((reason, count) -> line.set("ended-" + reason, count));
            }
        }
        return line;
    }

    private void rounds(ResultLine line, Router node, EchoPing healthy, NetEndpoint place) throws Exception {
        List<Long> quiet = new ArrayList<>();
        List<Long> opening = new ArrayList<>();
        long openingNanos = 0;
        int rounds = lifted ? 1 : ROUNDS;
        for (int round = 1; round <= rounds; round++) {
            try (HalfOpenCrowd.Attacker crowd = HalfOpenCrowd.at(place, connections)) {
                quiet.addAll(healthy.during(QUIET));
                long memory = usedMemory();
                long before = ended(node);
                long began = System.nanoTime();
                crowd.begin();
                opening.addAll(healthy.until(crowd::isThere));
                openingNanos += System.nanoTime() - began;
                if (round == rounds) {
                    List<Long> held = healthy.during(HELD);
                    line.set("heldP50Ms", millis(held, 0.50)).set("heldP99Ms", millis(held, 0.99));
                    long growth = usedMemory() - memory;
                    line.set("growthBytes", growth).set("growthPerConnection", growth / connections);
                } else {
                    crowd.leave();
                    healthy.until(() -> ended(node) - before >= connections);
                }
            }
        }
        line.set("quietP50Ms", millis(quiet, 0.50)).set("quietP99Ms", millis(quiet, 0.99));
        line.set("openingSeconds", ResultLine.round(openingNanos / 1e9 / rounds));
        line.set("openingP50Ms", millis(opening, 0.50)).set("openingP99Ms", millis(opening, 0.99));
        line.set("openingToQuietP99", ResultLine.round(millis(opening, 0.99) / millis(quiet, 0.99)));
    }

    private static long ended(Router node) {
        return node.endings().values().stream().mapToLong(Long::longValue).sum();
    }

    private static double millis(List<Long> nanos, double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
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
