package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.ByteStream;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.TransportException;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.crypto.EphemeralKey;
import dev.p2p.transport.tcp.internal.crypto.FrameException;
import dev.p2p.transport.tcp.internal.crypto.KeyRefusedException;
import dev.p2p.transport.tcp.internal.crypto.SessionSecrets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Arrays;

/** The three phases before messages flow: ephemeral keys, proof of identity, node information (sections 2 and 3). */
final class CometPendingConnection implements PendingConnection {

    /** Length 34, then field 1 with 32 bytes: the only form that anybody sends (section 2.1). */
    private static final byte[] EPHEMERAL_PREFIX = {0x22, 0x0a, 0x20};

    private static final int EPHEMERAL_KEY_BYTES = 32;
    private static final String DESCRIPTION = "SecretConnection, X25519, ChaCha20-Poly1305";

    private final CometStreamProtocol protocol;
    private final ByteStream raw;
    private final Endpoint local;
    private final Endpoint remote;
    private volatile boolean closed;

    CometPendingConnection(CometStreamProtocol protocol, ByteStream raw, Endpoint local, Endpoint remote) {
        this.protocol = protocol;
        this.raw = raw;
        this.local = local;
        this.remote = remote;
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public Connection handshake(HandshakeRequest request) throws IOException, InterruptedException {
        raw.deadline(request.limit());
        try (EphemeralKey own = protocol.suite().curves().generateEphemeralKey(protocol.random())) {
            Connection connection = shakeHands(request, own);
            raw.deadline(Duration.ZERO);
            return connection;
        } catch (IOException e) {
            raw.close();
            throw explained(e);
        } catch (RuntimeException | Error e) {
            raw.close();
            throw e;
        }
    }

    /** Ends a handshake in progress. Does nothing once there is a connection: that has the stream then. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            raw.close();
        }
    }

    private Connection shakeHands(HandshakeRequest request, EphemeralKey own) throws IOException {
        try (SessionSecrets secrets = exchangeKeys(own)) {
            CryptoSuite suite = protocol.suite();
            SecretStream stream = new SecretStream(raw, suite, protocol.pool(), protocol.smallPool(), secrets);
            try {
                request.listener().encrypted(DESCRIPTION);
                AuthMessage proof = exchangeProofs(request, stream, secrets);
                NodeId peer = NodeId.ofPublicKey(proof.publicKey());
                request.listener().authenticated(peer);
                request.checkIdentity(peer);
                stream.writeDelimited(NodeInfoCodec.encode(request.self()));
                NodeInfo info =
                        NodeInfoCodec.decode(stream.readDelimited(NodeInfoCodec.MAX_BYTES, Reason.INVALID_NODE_INFO));
                request.listener().received(info);
                request.check(info, peer);
                closed = true;
                stream.reader().widen();
                return new CometConnection(protocol, raw, stream, info, proof.publicKey());
            } catch (IOException | RuntimeException | Error e) {
                stream.reader().release();
                stream.close();
                throw e;
            }
        }
    }

    private SessionSecrets exchangeKeys(EphemeralKey own) throws IOException {
        ByteBuffer hello = ByteBuffer.allocate(EPHEMERAL_PREFIX.length + EPHEMERAL_KEY_BYTES);
        raw.write(hello.put(EPHEMERAL_PREFIX).put(own.publicKey()).flip());
        hello.clear();
        while (hello.hasRemaining()) {
            if (raw.read(hello) < 0) {
                throw new TransportException(Reason.CLOSED_BY_PEER, "the peer closed before it sent its key");
            }
        }
        byte[] received = hello.array();
        if (!Arrays.equals(received, 0, EPHEMERAL_PREFIX.length, EPHEMERAL_PREFIX, 0, EPHEMERAL_PREFIX.length)) {
            throw new TransportException(
                    Reason.HANDSHAKE_FAILED,
                    "the peer does not speak this protocol: its first bytes are no ephemeral key");
        }
        return SessionSecrets.agree(own, Arrays.copyOfRange(received, EPHEMERAL_PREFIX.length, received.length));
    }

    private AuthMessage exchangeProofs(HandshakeRequest request, SecretStream stream, SessionSecrets secrets)
            throws IOException {
        byte[] signature = protocol.signingKey(request.key()).sign(secrets.challenge());
        stream.writeDelimited(new AuthMessage(request.key().publicKeyBytes(), signature).encode());
        AuthMessage proof = AuthMessage.decode(stream.readDelimited(AuthMessage.MAX_BYTES, Reason.HANDSHAKE_FAILED));
        if (!protocol.suite().curves().verify(proof.publicKey(), secrets.challenge(), proof.signature())) {
            throw new TransportException(Reason.BAD_SIGNATURE, "the peer does not hold the key that it shows");
        }
        return proof;
    }

    private IOException explained(IOException e) throws InterruptedException {
        return switch (e) {
            case TransportException known -> known;
            case ClosedByInterruptException _ -> throw new InterruptedException("the handshake was interrupted");
            case KeyRefusedException refused ->
                new TransportException(
                        Reason.HANDSHAKE_FAILED, "the peer's ephemeral key is refused: " + refused.reason(), refused);
            case FrameException bad ->
                new TransportException(Reason.BAD_FRAME, "a frame of the handshake is refused: " + bad.reason(), bad);
            default ->
                closed
                        ? new TransportException(Reason.REQUESTED, "the connection was closed on this side", e)
                        : new TransportException(
                                Reason.NETWORK_FAILURE, "the connection broke in the handshake: " + e.getMessage(), e);
        };
    }
}
