package dev.p2p.it.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.router.Router;
import dev.p2p.router.RouterBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that find each other by peer exchange alone, over loopback. */
class PeerExchangeTest {

    private static final int PATIENCE_SECONDS = 90;

    private final List<Router> nodes = new ArrayList<>();

    /** What happened, as sentences; each counts once. */
    private final Set<String> happened = ConcurrentHashMap.newKeySet();

    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        nodes.reversed().forEach(Router::close);
    }

    @Test
    void aChainOfNodesBecomesFullyConnected() throws Exception {
        for (int i = 1; i <= 5; i++) {
            RouterBuilder builder = node(i, Map.of());
            if (i > 1) {
                builder.seed(address(nodes.getLast()));
            }
            start(builder);
        }
        for (int one = 1; one <= 5; one++) {
            for (int other = 1; other <= 5; other++) {
                if (one != other) {
                    await(one + " has " + other);
                }
            }
        }
        assertThat(nodes).allSatisfy(node -> assertThat(node.peers().known()).isEqualTo(4));
    }

    @Test
    void aSeedBringsStrangersTogetherAndLetsThemGo() throws Exception {
        Router seed = start(node(1, Map.of("seed-mode", "true")));
        start(node(2, Map.of()).seed(address(seed)));
        start(node(3, Map.of()).seed(address(seed)));
        await("1 let 2 go");
        await("1 let 3 go");
        await("2 has 3");
        await("3 has 2");
    }

    @Test
    void aPrivatePeerIsToldToNobody() throws Exception {
        Router hidden = start(node(1, Map.of()));
        Router guard =
                start(node(2, Map.of("private-peers", key(1).id().toString())).persistentPeer(address(hidden)));
        await("2 has 1");
        Router first = start(node(3, Map.of()).seed(address(guard)));
        Router second = start(node(4, Map.of()).seed(address(guard)));
        await("3 has 4");
        await("4 has 3");
        assertThat(first.peers().known()).isEqualTo(2);
        assertThat(second.peers().known()).isEqualTo(2);
    }

    private void await(String what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!happened.contains(what)) {
            String next = news.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(next).as("%s; so far %s", what, happened).isNotNull();
        }
    }

    private void note(int self, ReactorEvent event) {
        switch (event) {
            case PeerUp up -> add(self + " has " + number(up.peer().id()));
            case PeerDown(var peer, var reason)
            when reason == Reason.REQUESTED -> add(self + " let " + number(peer.id()) + " go");
            default -> {}
        }
    }

    private void add(String what) {
        happened.add(what);
        news.add(what);
    }

    /** A node with peer exchange, and a reactor that tells what happens. */
    private RouterBuilder node(int number, Map<String, String> settings) {
        return Router.builder(key(number), "test")
                .listen(new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0))
                .reactor(peerExchange(), settings)
                .reactor("watch", setup -> {
                    setup.open(ChannelDescriptor.of(0x70, "watch", Empty.parser()));
                    return event -> note(number, event);
                });
    }

    private Router start(RouterBuilder builder) throws IOException {
        Router node = builder.build();
        nodes.add(node);
        node.start();
        return node;
    }

    private static ReactorProvider peerExchange() {
        return ServiceLoader.load(ReactorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("pex"))
                .findFirst()
                .orElseThrow();
    }

    private static NodeAddress address(Router node) {
        return NodeAddress.of(node.self().id(), (NetEndpoint) node.endpoints().getFirst());
    }

    private static NodeKey key(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) (100 + number);
        return NodeKey.ofSeed(seed);
    }

    private static int number(NodeId id) {
        int number = 1;
        while (!key(number).id().equals(id)) {
            number++;
        }
        return number;
    }
}
