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
import dev.p2p.api.transport.TransportProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A node with one channel of texts. Its reactor writes down what happens, and can be held up. */
final class Talker {

    static final ChannelDescriptor<StringValue> TALK = ChannelDescriptor.of(0x71, "talk", StringValue.parser());

    private static final int PATIENCE_SECONDS = 30;

    final NodeKey key;
    final RouterBuilder builder;
    final BlockingQueue<ReactorEvent> events = new LinkedBlockingQueue<>();
    private final AtomicReference<Channel<StringValue>> channel = new AtomicReference<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private Router router;

    Talker(int number, TransportProvider network, ChannelDescriptor<StringValue> talk) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        key = NodeKey.ofSeed(seed);
        builder = Router.builder(key, "test").transport(network).reactor("talk", setup -> {
            channel.set(setup.open(talk));
            return event -> {
                if (event instanceof Received) {
                    gate.await();
                }
                events.add(event);
            };
        });
    }

    Talker listening() {
        builder.listen(new LocalEndpoint("memory", key.id().toString()));
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

    private <E extends ReactorEvent> E await(Class<E> type) throws InterruptedException {
        while (true) {
            ReactorEvent event = next();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    private ReactorEvent next() throws InterruptedException {
        ReactorEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("an event within %s s", PATIENCE_SECONDS).isNotNull();
        return event;
    }
}
