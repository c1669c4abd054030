package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.Received;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One more channel of a {@link Talker}, and what comes on it. */
final class SideChannel {

    static final ChannelDescriptor<StringValue> SECOND = ChannelDescriptor.of(0x09, "second", StringValue.parser());
    static final ChannelDescriptor<StringValue> THIRD = ChannelDescriptor.of(0x0a, "third", StringValue.parser());

    final BlockingQueue<Received<?>> received = new LinkedBlockingQueue<>();
    private final AtomicReference<Channel<StringValue>> channel = new AtomicReference<>();

    SideChannel(Talker node, ChannelDescriptor<StringValue> descriptor) {
        node.builder.reactor("side-" + descriptor.name(), setup -> {
            channel.set(setup.open(descriptor));
            return event -> {
                if (event instanceof Received<?> message) {
                    received.add(message);
                }
            };
        });
    }

    Channel<StringValue> channel() {
        return channel.get();
    }

    String hear() throws InterruptedException {
        Received<?> next = received.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return ((StringValue) next.message()).getValue();
    }
}
