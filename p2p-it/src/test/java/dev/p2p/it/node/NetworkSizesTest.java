package dev.p2p.it.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeKey;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.router.Router;
import dev.p2p.router.RouterBuilder;
import dev.p2p.router.RouterLimits;
import dev.p2p.testkit.transport.LeakCheck;
import dev.p2p.testkit.transport.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Networks that are larger and smaller than their nodes' tables, and one that grows, each node at a public address of its own. */
class NetworkSizesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The nodes' clocks run so much faster than the machine's, so that what they may do every half minute comes every second. */
    private static final int HASTE = 30;

    private static final Instant EPOCH = Instant.ofEpochSecond(1_700_000_000);

    private final long start = System.nanoTime();
    private final LeakCheck leaks = LeakCheck.start();
    private final PlayInternet internet = new PlayInternet();
    private final List<Router> nodes = new ArrayList<>();

    @AfterEach
    void closesWithoutLeavingAnything() {
        nodes.reversed().forEach(Router::close);
        leaks.assertNothingLeft(Duration.ofSeconds(30));
    }

    @Test
    @DisplayName(
            "PXR-08: in a ring of 8 with tables for 4 and 3 connections each, every table fills, and none runs over")
    void smallTablesInALargeNetworkFill() throws Exception {
        RouterLimits small = RouterLimits.STANDARD.withPeers(2, 1).withMaxKnownPeers(4);
        ring(8, small);
        awaitAll("fill their tables", known -> known >= 4);
        for (Router node : nodes) {
            // Connected peers and those being dialed are kept beyond the bound: 3, a feeler and an upgrade.
            assertThat(node.peers().known()).isBetween(4, 4 + 3 + 2);
            assertThat(node.peers().connected()).hasSizeLessThanOrEqualTo(3 + 1);
        }
    }

    @Test
    @DisplayName("PXR-09: in a ring of 3 with tables for 25, everybody knows the other two, and nobody else")
    void largeTablesInASmallNetworkHoldAll() throws Exception {
        ring(3, RouterLimits.STANDARD.withPeers(13, 12).withMaxKnownPeers(25));
        awaitAll("know everybody", known -> known == 2);
    }

    @Test
    @DisplayName("PXR-10: when 10 join through one of 5, all 15 come to know the other 14")
    void aGrowingNetworkKnowsItself() throws Exception {
        for (int i = 1; i <= 5; i++) {
            RouterBuilder node = node(i, RouterLimits.STANDARD);
            nodes.forEach(other -> node.seed(address(other)));
            start(node);
        }
        awaitAll("know the first five", known -> known == 4);
        for (int i = 6; i <= 15; i++) {
            start(node(i, RouterLimits.STANDARD).seed(address(nodes.getFirst())));
        }
        awaitAll("know all fifteen", known -> known == 14);
    }

    /** Nodes of which each has heard of one other, in a circle. */
    private void ring(int size, RouterLimits limits) throws Exception {
        for (int i = 1; i <= size; i++) {
            RouterBuilder node = node(i, limits);
            if (i > 1) {
                node.seed(address(nodes.getLast()));
            }
            start(node);
        }
        nodes.getFirst().control().add(address(nodes.getLast()), Set.of());
    }

    private void awaitAll(String what, IntPredicate known) {
        assertThat(Poll.until(
                        () -> nodes.stream()
                                        .filter(node -> known.test(known(node)))
                                        .count()
                                == nodes.size(),
                        PATIENCE))
                .as(
                        "all come to %s; known: %s",
                        what, nodes.stream().map(NetworkSizesTest::known).toList())
                .isTrue();
    }

    /** How many peers a node knows. To be asked wakes it: by itself it would sleep by the machine's clock, which is too slow here. */
    private static int known(Router node) {
        try {
            return node.control().status().known();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RouterBuilder node(int number, RouterLimits limits) throws UnknownHostException {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        InetAddress home = InetAddress.getByAddress(new byte[] {20, (byte) number, 1, 1});
        return Router.builder(NodeKey.ofSeed(seed), "test")
                .transport(internet.at(home))
                .listen(new NetEndpoint("tcp", home, 26_656))
                .limits(limits)
                .clock(() -> EPOCH.plusNanos(HASTE * (System.nanoTime() - start)))
                .reactor(peerExchange(), Map.of("interval-seconds", "1"));
    }

    private void start(RouterBuilder builder) throws IOException {
        Router node = builder.build();
        nodes.add(node);
        node.start();
    }

    private static NodeAddress address(Router node) {
        return NodeAddress.of(node.self().id(), (NetEndpoint) node.endpoints().getFirst());
    }

    private static ReactorProvider peerExchange() {
        return ServiceLoader.load(ReactorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("pex"))
                .findFirst()
                .orElseThrow();
    }
}
