package dev.p2p.cli.node;

import com.google.protobuf.Empty;
import dev.p2p.api.ChannelId;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.MessageCodec;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.reactor.WhenFull;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Channels that the node lists and serves by dropping what comes. A CometBFT node accepts only peers with a channel in common, and
 * expects no answer on any of them but keep-alive.
 *
 * @param channels which
 */
record DroppingReactorProvider(List<ChannelId> channels) implements ReactorProvider {

    /** The longest that a CometBFT node sends unasked: a transaction of the largest default size (mempool of v0.40). */
    private static final int MAX_MESSAGE_BYTES = 4_194_314;

    private static final int MAX_UNREAD = 64;

    /** Whatever the bytes are, they are fine, and nothing of them is kept. */
    private static final MessageCodec<Empty> NOTHING = new MessageCodec<>() {
        @Override
        public byte[] encode(Empty message) {
            return new byte[0];
        }

        @Override
        public Empty decode(ByteBuffer bytes) {
            return Empty.getDefaultInstance();
        }
    };

    DroppingReactorProvider {
        channels = List.copyOf(channels);
    }

    @Override
    public String name() {
        return "dropping";
    }

    @Override
    public Reactor create(ReactorSetup setup) {
        for (ChannelId channel : channels) {
            setup.open(ChannelDescriptor.of(channel.value(), "dropped-" + channel, NOTHING)
                    .withMaxMessageBytes(MAX_MESSAGE_BYTES)
                    .withInbound(MAX_UNREAD, 2L * MAX_MESSAGE_BYTES, WhenFull.DROP_NEWEST));
        }
        return event -> {};
    }
}
