package dev.p2p.transport.memory;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.time.Duration;

/**
 * The handshake without a wire: each side sends a challenge, signs the other's with its Ed25519 key, and then tells of itself.
 * The checks and their order are those of the network.
 */
final class MemoryPendingConnection implements PendingConnection {

    private final Pipe out;
    private final Pipe in;
    private final LocalEndpoint local;
    private final LocalEndpoint remote;
    private final MemoryTransport transport;
    private boolean handedOver;

    MemoryPendingConnection(Pipe out, Pipe in, LocalEndpoint local, LocalEndpoint remote, MemoryTransport transport) {
        this.out = out;
        this.in = in;
        this.local = local;
        this.remote = remote;
        this.transport = transport;
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
        long deadline = System.nanoTime() + request.limit().toNanos();
        try {
            Challenge challenge = Challenge.random(transport.random());
            send(challenge);
            Challenge theirs = receive(Challenge.class, deadline);
            send(Proof.of(request.key(), theirs));
            Proof proof = receive(Proof.class, deadline);
            if (!proof.answers(challenge)) {
                throw new TransportException(Reason.BAD_SIGNATURE, "the peer does not hold the key that it shows");
            }
            NodeId peer = proof.id();
            request.listener().authenticated(peer);
            request.checkIdentity(peer);
            send(request.self());
            NodeInfo info = receive(NodeInfo.class, deadline);
            request.listener().received(info);
            request.check(info, peer);
            handedOver = true;
            return new MemoryConnection(out, in, info, NodeKey.publicKeyOf(proof.publicKey()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Does nothing once there is a connection. What was sent before still arrives, as on a network. */
    @Override
    public void close() {
        if (!handedOver) {
            out.end();
            in.breakOff();
        }
    }

    private void send(Object value) throws TransportException, InterruptedException {
        if (!out.put(value, 1)) {
            throw new TransportException(Reason.CLOSED_BY_PEER, "the peer closed during the handshake");
        }
    }

    private <T> T receive(Class<T> type, long deadline) throws TransportException, InterruptedException {
        Pipe.Item item = in.take(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        if (item == null) {
            throw in.open()
                    ? new TransportException(Reason.HANDSHAKE_TIMEOUT, "the peer did not answer in time")
                    : new TransportException(Reason.CLOSED_BY_PEER, "the peer closed during the handshake");
        }
        return type.cast(item.value());
    }
}
