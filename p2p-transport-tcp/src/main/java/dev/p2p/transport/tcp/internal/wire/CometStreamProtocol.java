package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeKey;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Side;
import dev.p2p.api.transport.StreamProtocol;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.crypto.FrameLayout;
import dev.p2p.transport.tcp.internal.crypto.SigningKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one node, with what its connections share: the cipher suite, the pool of buffers and the loaded key.
 *
 * <p>Settings: {@code max-packet-bytes}, the longest packet that is accepted, 1034 to 65 548; default 1410, which every
 * implementation's default fits (section 4.2). {@code ping-interval-ms}, {@code silence-limit-ms} and
 * {@code write-stall-limit-ms}: how often a peer is pinged, and after how long a peer that sends or reads nothing is given
 * up; default 60 000, 105 000 and 60 000 (sections 4.5 and 8).
 */
public final class CometStreamProtocol implements StreamProtocol {

    private static final String PACKET_SETTING = "max-packet-bytes";
    private static final String DEFAULT_PACKET_BYTES = "1410";
    private static final int MIN_PACKET_BYTES = 1_034;
    private static final int MAX_PACKET_BYTES = 65_548;

    /** As many frames as 64 KiB hold. */
    static final int FRAMES_PER_WRITE = 62;

    private final String name;
    private final CryptoSuite suite;
    private final SecureRandom random;
    private final ScheduledExecutorService timer;
    private final KeepAlive keepAlive;
    private final int maxPacketBytes;
    private final BufferPool pool;
    private final BufferPool smallPool;
    private final AtomicReference<@Nullable LoadedKey> loaded = new AtomicReference<>();

    private record LoadedKey(NodeKey key, SigningKey signing) {}

    public CometStreamProtocol(String name, CryptoSuite suite, TransportContext context) {
        this(name, suite, context, KeepAlive.of(context.settings()));
    }

    CometStreamProtocol(String name, CryptoSuite suite, TransportContext context, KeepAlive keepAlive) {
        this.name = name;
        this.suite = suite;
        this.random = context.random();
        this.timer = context.timer();
        this.keepAlive = keepAlive;
        this.maxPacketBytes = packetBytes(context.settings().getOrDefault(PACKET_SETTING, DEFAULT_PACKET_BYTES));
        this.pool = new BufferPool(suite, FRAMES_PER_WRITE * FrameLayout.SEALED + maxPacketBytes + 16);
        this.smallPool = new BufferPool(suite, FrameReader.SMALL_BYTES);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PendingConnection over(ByteStream raw, Endpoint local, Endpoint remote, Side side) {
        return new CometPendingConnection(this, raw, local, remote);
    }

    CryptoSuite suite() {
        return suite;
    }

    SecureRandom random() {
        return random;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    int maxPacketBytes() {
        return maxPacketBytes;
    }

    /** Buffers for busy connections. */
    BufferPool pool() {
        return pool;
    }

    /** Buffers of one frame, for handshakes and for connections on which nothing comes. */
    BufferPool smallPool() {
        return smallPool;
    }

    /** The node's key ready to sign. Loading costs as much as a signature, so the last one is kept. */
    SigningKey signingKey(NodeKey key) {
        LoadedKey last = loaded.get();
        if (last == null || !last.key.equals(key)) {
            byte[] seed = key.seed();
            last = new LoadedKey(key, suite.curves().signingKey(seed));
            Arrays.fill(seed, (byte) 0);
            loaded.set(last);
        }
        return last.signing;
    }

    private static int packetBytes(String text) {
        int bytes = Integer.parseInt(text);
        if (bytes < MIN_PACKET_BYTES || bytes > MAX_PACKET_BYTES) {
            throw new IllegalArgumentException(
                    PACKET_SETTING + " is " + MIN_PACKET_BYTES + " to " + MAX_PACKET_BYTES + ", not " + bytes);
        }
        return bytes;
    }
}
