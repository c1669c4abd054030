package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Decision.Kind;
import dev.p2p.router.control.PeerControl;
import dev.p2p.router.control.PeerEvents;
import dev.p2p.router.internal.store.MemoryPeerStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A node with one channel of texts. Its reactor writes down what happens, may greet whoever comes up, and can be held up. */
final class Talker {

    static final ChannelDescriptor<StringValue> TALK = ChannelDescriptor.of(0x71, "talk", StringValue.parser());

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final NodeKey key;
    final RouterBuilder builder;
    final PeerStore store = new MemoryPeerStore();
    final BlockingQueue<ReactorEvent> events = new LinkedBlockingQueue<>();
    private final AtomicReference<Channel<StringValue>> channel = new AtomicReference<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean greets;
    private Router router;

    Talker(int number, TransportProvider network, ChannelDescriptor<StringValue> talk) {
        key = key(number);
        builder = Router.builder(key, "test").transport(network).store(store).reactor("talk", setup -> {
            channel.set(setup.open(talk));
            return event -> {
                if (event instanceof Received) {
                    gate.await();
                }
                events.add(event);
                if (greets && event instanceof PeerUp up) {
                    channel.get().send(up.peer(), StringValue.of("hello"));
                }
            };
        });
    }

    /** Who a node of this number is. */
    static NodeKey key(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return NodeKey.ofSeed(seed);
    }

    Talker listening() {
        builder.listen(new LocalEndpoint("memory", key.id().toString()));
        return this;
    }

    /** It says hello to whoever comes up, from inside its handler. */
    Talker greeting() {
        greets = true;
        return this;
    }

    /** Another node is one of its seeds. */
    Talker seeded(Talker other) {
        builder.seed(other.address());
        return this;
    }

    /** It keeps connected to another node. */
    Talker persistent(Talker other) {
        builder.persistentPeer(other.address());
        return this;
    }

    Talker start() throws IOException {
        router = builder.build();
        router.start();
        return this;
    }

    /** Its reactor takes no message from now on, until the latch is counted down. */
    CountDownLatch holdUp() {
        CountDownLatch held = new CountDownLatch(1);
        gate = held;
        return held;
    }

    Router router() {
        return router;
    }

    PeerControl control() {
        return router.control();
    }

    NodeId id() {
        return key.id();
    }

    NodeAddress address() {
        return new NodeAddress(key.id(), "memory", "", 0, "");
    }

    Channel<StringValue> channel() {
        return channel.get();
    }

    PeerRef awaitUp() throws InterruptedException {
        return await(PeerUp.class).peer();
    }

    PeerDown awaitDown() throws InterruptedException {
        return await(PeerDown.class);
    }

    /** The next texts, which are all that may come. */
    List<String> hear(int howMany) throws InterruptedException {
        List<String> heard = new ArrayList<>();
        while (heard.size() < howMany) {
            ReactorEvent event = next();
            assertThat(event).as("after %s of %s", heard.size(), howMany).isInstanceOf(Received.class);
            heard.add(((StringValue) ((Received<?>) event).message()).getValue());
        }
        return heard;
    }

    /** The next event of a kind; those before it are passed over. */
    <E extends ReactorEvent> E await(Class<E> type) throws InterruptedException {
        while (true) {
            ReactorEvent event = next();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    /** The next decision of a kind; those before it are passed over. */
    static Decision await(PeerEvents events, Kind kind) throws InterruptedException {
        Optional<Decision> next = events.next(PATIENCE);
        while (next.filter(decision -> decision.kind() == kind).isEmpty()) {
            assertThat(next).as("waiting for %s", kind).isPresent();
            next = events.next(PATIENCE);
        }
        return next.get();
    }

    private ReactorEvent next() throws InterruptedException {
        ReactorEvent event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(event).as("an event within %s", PATIENCE).isNotNull();
        return event;
    }
}
