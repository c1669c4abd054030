package dev.p2p.router.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.MalformedMessageException;
import dev.p2p.api.reactor.MessageCodec;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.LinkCounters;
import dev.p2p.api.transport.OutboundSource;
import dev.p2p.api.transport.Piece;
import dev.p2p.router.internal.inbound.Mailbox;
import dev.p2p.router.internal.inbound.ReassemblyBudget;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One message to many peers, on connections whose writers the test itself is. */
class BroadcastTest {

    private static final int PEERS = 100;
    private static final ChannelId PARTS = new ChannelId(0x21);
    private static final NodeKey KEY = NodeKey.ofSeed(new byte[32]);

    private final AtomicInteger encodings = new AtomicInteger();
    private final LinkTable links = new LinkTable();
    private final OpenChannel<BytesValue> channel = new OpenChannel<>(
            0,
            ChannelDescriptor.of(PARTS.value(), "parts", new CountingCodec()).withMaxMessageBytes(2 << 20),
            new Mailbox(),
            links,
            (peer, error) -> {});
    private final ChannelTable channels = new ChannelTable(List.of(channel));

    @Test
    @DisplayName("JX-45: a broadcast of 1 MiB to 100 peers is encoded once, and all of them send from the same memory")
    void aBroadcastIsEncodedOnce() throws Exception {
        links.open();
        for (int i = 1; i <= PEERS; i++) {
            links.add(link(i));
        }
        BytesValue part = BytesValue.of(ByteString.copyFrom(new byte[1 << 20]));
        assertThat(channel.broadcast(part).queued()).isEqualTo(PEERS);
        assertThat(encodings).hasValue(1);
        Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Link link : links.all()) {
            Piece piece = link.outbound().next(Integer.MAX_VALUE, Duration.ZERO);
            assertThat(piece).isNotNull();
            assertThat(piece.bytes().remaining()).isEqualTo(part.getSerializedSize());
            buffers.add(piece.bytes().array());
        }
        assertThat(buffers).hasSize(1);
    }

    private Link link(int number) {
        return new Link(
                new PeerRef(new NodeId(number, 0, 0), number),
                new Unwritten(new NodeId(number, 0, 0)),
                Direction.OUTBOUND,
                new LocalEndpoint("memory", "peer-" + number),
                Instant.EPOCH,
                channels,
                new ReassemblyBudget(1 << 20),
                (link, reason) -> {});
    }

    private final class CountingCodec implements MessageCodec<BytesValue> {

        private final MessageCodec<BytesValue> plain = MessageCodec.of(BytesValue.parser());

        @Override
        public byte[] encode(BytesValue message) {
            encodings.incrementAndGet();
            return plain.encode(message);
        }

        @Override
        public BytesValue decode(ByteBuffer bytes) throws MalformedMessageException {
            return plain.decode(bytes);
        }
    }

    /** A connection whose loops never run. */
    private record Unwritten(NodeId id) implements Connection {

        @Override
        public NodeInfo peerInfo() {
            return NodeInfo.of(id, "net", "peer", "", "0.0.0.0:0", List.of(PARTS));
        }

        @Override
        public PublicKey peerKey() {
            return KEY.publicKey();
        }

        @Override
        public void read(InboundSink sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(OutboundSource source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Duration> ping() {
            throw new UnsupportedOperationException();
        }

        @Override
        public LinkCounters counters() {
            return new LinkCounters(0, 0, 0, 0, 0, 0);
        }

        @Override
        public void close(Reason reason) {}
    }
}
