package dev.p2p.testkit.transport;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.ProtocolVersion;
import dev.p2p.api.transport.HandshakeListener;
import dev.p2p.api.transport.HandshakeRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A node that exists for a test: a key, and information that fits it. Two nodes of this class fit together unless a
 * {@code with…} method made them differ.
 *
 * @param key the node's key; known to everybody who reads this class
 * @param info what it tells of itself
 */
public record TestNode(NodeKey key, NodeInfo info) {

    /** The channel that most tests use. */
    public static final ChannelId FIRST = new ChannelId(0x21);

    /** Another one. */
    public static final ChannelId SECOND = new ChannelId(0x22);

    /** A channel that no node announces unless told to. */
    public static final ChannelId UNSERVED = new ChannelId(0x7f);

    private static final String NETWORK = "contract-network";

    /** The node of a number: always the same key for the same number, another for every other. */
    public static TestNode of(int number) {
        NodeKey key = NodeKey.ofSeed(
                ByteBuffer.allocate(NodeKey.SEED_BYTES).putInt(number).array());
        NodeInfo info = new NodeInfo(
                ProtocolVersion.CURRENT,
                key.id(),
                "127.0.0.1:26656",
                NETWORK,
                "1.2.3-test",
                List.of(FIRST, SECOND),
                "node-" + number,
                "on",
                "tcp://127.0.0.1:26657");
        return new TestNode(key, info);
    }

    /** Who it is. */
    public NodeId id() {
        return key.id();
    }

    /** The same node on another network. */
    public TestNode withNetwork(String network) {
        return with(info.protocol(), network, info.channels());
    }

    /** The same node with another block version. */
    public TestNode withBlockVersion(long block) {
        ProtocolVersion now = info.protocol();
        return with(new ProtocolVersion(now.p2p(), block, now.app()), info.network(), info.channels());
    }

    /** The same node with other channels. */
    public TestNode withChannels(ChannelId... channels) {
        return with(info.protocol(), info.network(), List.of(channels));
    }

    /** A handshake with whoever is there. */
    public HandshakeRequest request(Duration limit) {
        return new HandshakeRequest(key, info, Optional.empty(), limit);
    }

    /** A handshake with a certain node, as a dialer asks for it. */
    public HandshakeRequest request(NodeId expected, Duration limit) {
        return new HandshakeRequest(key, info, Optional.of(expected), limit);
    }

    /** The same, observed. */
    public HandshakeRequest request(NodeId expected, Duration limit, HandshakeListener listener) {
        return new HandshakeRequest(key, info, Optional.of(expected), limit, listener);
    }

    /** A handshake with whoever is there, observed. */
    public HandshakeRequest request(Duration limit, HandshakeListener listener) {
        return new HandshakeRequest(key, info, Optional.empty(), limit, listener);
    }

    private TestNode with(ProtocolVersion protocol, String network, List<ChannelId> channels) {
        return new TestNode(
                key,
                new NodeInfo(
                        protocol,
                        info.id(),
                        info.listenAddress(),
                        network,
                        info.version(),
                        channels,
                        info.moniker(),
                        info.txIndex(),
                        info.rpcAddress()));
    }
}
