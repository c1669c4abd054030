package dev.p2p.it.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeKey;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.router.Router;
import dev.p2p.router.RouterBuilder;
import dev.p2p.testkit.transport.LeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole nodes with real sockets on loopback. After each test no thread, timer or socket is left in the process. */
class NodesOverTcpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ChannelDescriptor<StringValue> TALK = ChannelDescriptor.of(0x71, "talk", StringValue.parser());

    private final LeakCheck leaks = LeakCheck.start();
    private final List<Router> nodes = new ArrayList<>();
    private final BlockingQueue<ReactorEvent> heard = new LinkedBlockingQueue<>();
    private final AtomicReference<Channel<StringValue>> mouth = new AtomicReference<>();

    /** With the first connection the JDK starts pollers and opens a socket that it keeps; they are no leak. */
    @BeforeAll
    static void theJdkHasOpenedWhatItKeeps() throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(anyPort)) {
            FutureTask<Integer> reading = new FutureTask<>(() -> {
                try (SocketChannel accepted = server.accept()) {
                    return accepted.read(ByteBuffer.allocate(1));
                }
            });
            Thread.ofVirtual().start(reading);
            SocketChannel.open(server.getLocalAddress()).close();
            assertThat(reading.get()).isEqualTo(-1);
        }
    }

    @AfterEach
    void nothingIsLeft() {
        nodes.reversed().forEach(Router::close);
        leaks.assertNothingLeft(PATIENCE);
    }

    @Test
    void aMessageTravelsAndALostPeerIsFoundAgain() throws Exception {
        NodeKey key = NodeKey.generate(new SecureRandom());
        Router listener = start(node(key).reactor("ear", setup -> {
            setup.open(TALK);
            return heard::add;
        }));
        NetEndpoint place = (NetEndpoint) listener.endpoints().getFirst();
        Router dialer = start(node(NodeKey.generate(new SecureRandom()))
                .persistentPeer(NodeAddress.of(key.id(), place))
                .reactor("mouth", setup -> {
                    mouth.set(setup.open(TALK));
                    return event -> {
                        if (event instanceof PeerUp up) {
                            mouth.get().send(up.peer(), StringValue.of("hello"));
                        }
                    };
                }));
        assertThat(awaitMessage().getValue()).isEqualTo("hello");

        listener.close();
        Router again = start(Router.builder(key, "test").listen(place).reactor("ear", setup -> {
            setup.open(TALK);
            return heard::add;
        }));
        assertThat(awaitMessage().getValue()).isEqualTo("hello");
        assertThat(again.peers().connected(dialer.self().id())).isPresent();
    }

    @Test
    void aPlaceInUseIsToldAndNothingStaysOpen() throws IOException {
        NodeKey key = NodeKey.generate(new SecureRandom());
        Router first = start(node(key));
        Router second =
                Router.builder(key, "test").listen(first.endpoints().getFirst()).build();
        nodes.add(second);
        assertThatThrownBy(second::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on " + first.endpoints().getFirst());
    }

    private StringValue awaitMessage() throws InterruptedException {
        while (true) {
            ReactorEvent event = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            switch (event) {
                case Received(var _, var _, StringValue text) -> {
                    return text;
                }
                case PeerDown down -> assertThat(down.reason()).isNotNull();
                case null -> throw new AssertionError("nothing was heard within " + PATIENCE);
                default -> {}
            }
        }
    }

    private Router start(RouterBuilder builder) throws IOException {
        Router node = builder.build();
        nodes.add(node);
        node.start();
        return node;
    }

    private static RouterBuilder node(NodeKey key) {
        return Router.builder(key, "test").listen(new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0));
    }
}
