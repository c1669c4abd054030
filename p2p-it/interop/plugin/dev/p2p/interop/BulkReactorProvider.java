package dev.p2p.interop;

import com.google.protobuf.BytesValue;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.reactor.WhenFull;

/**
 * Bulk traffic with a CometBFT node: fetches one of its blocks again and again, and pushes transactions that it looks at and throws
 * away. Settings: {@code height}, {@code fetch} (how often), {@code pause-after} (blocks), {@code pause-seconds}, {@code push}
 * (transactions), {@code push-bytes} (each).
 */
public final class BulkReactorProvider implements ReactorProvider {

    private static final int BLOCK_SYNC = 0x40;
    private static final int MEMPOOL = 0x30;
    private static final int MAX_MESSAGE_BYTES = 1_048_576;

    @Override
    public String name() {
        return "interop-bulk";
    }

    @Override
    public Reactor create(ReactorSetup setup) {
        Channel<BytesValue> blocks = setup.open(channel(BLOCK_SYNC, "blocks"));
        Channel<BytesValue> transactions = setup.open(channel(MEMPOOL, "transactions"));
        return new BulkReactor(setup, blocks, transactions);
    }

    /** A short inbound queue, so that a pause of the reactor is soon a pause of the connection. */
    private static ChannelDescriptor<BytesValue> channel(int id, String name) {
        return ChannelDescriptor.of(id, name, new RawCodec())
                .withMaxMessageBytes(MAX_MESSAGE_BYTES)
                .withOutbound(1_000, 2L * MAX_MESSAGE_BYTES)
                .withInbound(2, 2L * MAX_MESSAGE_BYTES, WhenFull.PAUSE_PEER);
    }
}
