package dev.p2p.it.attack;

import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A peer that can do everything right, and any step of it wrong. Each step is a method; what an honest peer would send in it is
 * another, so that an attack takes that and bends it. One thread uses it.
 */
final class HostilePeer implements AutoCloseable {

    static final int FRAME_DATA = 1_024;
    private static final int PLAIN = FRAME_DATA + 4;
    private static final int SEALED = PLAIN + 16;
    private static final byte[] HELLO = Wire.hex("220a20");
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final NodeKey key;
    private final KeyPair ephemeral;
    private Session session;
    private byte[] plain = new byte[0];

    private HostilePeer(Socket socket, NodeKey key) throws IOException {
        this.socket = socket;
        this.key = key;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            this.ephemeral = Session.newEphemeral();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Connects, as somebody whom nobody knows. */
    static HostilePeer dial(NetEndpoint target) throws IOException {
        return dial(target, NodeKey.generate(new SecureRandom()), "127.0.0.1");
    }

    /** Connects under a certain identity, from a certain address of this machine. */
    static HostilePeer dial(NetEndpoint target, NodeKey key, String from) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReceiveBufferSize(16 * 1_024);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            socket.connect(target.toSocketAddress(), PATIENCE_MILLIS);
            return new HostilePeer(socket, key);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Answers somebody who dialed. */
    static HostilePeer answer(Socket accepted, NodeKey key) throws IOException {
        return new HostilePeer(accepted, key);
    }

    NodeId id() {
        return key.id();
    }

    NodeKey key() {
        return key;
    }

    // Phase 1: the ephemeral key.

    byte[] hello() {
        return Wire.join(HELLO, Session.publicBytes(ephemeral));
    }

    HostilePeer exchangeKeys() throws IOException {
        raw(hello());
        return agree(Session.publicBytes(ephemeral), receiveKey());
    }

    /** The peer's ephemeral key. */
    byte[] receiveKey() throws IOException {
        byte[] hello = new byte[HELLO.length + 32];
        readFully(socket.getInputStream(), hello);
        return Arrays.copyOfRange(hello, HELLO.length, hello.length);
    }

    /** Computes the secrets as if we had shown this key. */
    HostilePeer agree(byte[] shown, byte[] remote) throws IOException {
        session = secretly(() -> Session.agree(ephemeral, shown, remote));
        return this;
    }

    // Phase 2: the proof of identity.

    byte[] signature() throws IOException {
        return Session.sign(key, session.challenge());
    }

    byte[] proof() throws IOException {
        return Wire.proof(key.publicKeyBytes(), signature());
    }

    HostilePeer prove() throws IOException {
        stream(Wire.delimited(proof()));
        readMessage();
        return this;
    }

    // Phase 3: node information.

    Wire infoWithoutChannels(String network, long block) {
        return new Wire()
                .bytes(1, new Wire().number(1, 8).number(2, block).toBytes())
                .text(2, key.id().toString())
                .text(3, "0.0.0.0:0")
                .text(4, network)
                .text(5, "0.38.25")
                .text(7, "hostile");
    }

    byte[] info(byte... channels) {
        return infoWithoutChannels(Siege.NETWORK, 11).bytes(6, channels).toBytes();
    }

    HostilePeer introduce(byte... channels) throws IOException {
        stream(Wire.delimited(info(channels)));
        readMessage();
        return this;
    }

    /** All of the three phases, as an honest peer goes through them. */
    HostilePeer shakeHands() throws IOException {
        return exchangeKeys().prove().introduce((byte) Siege.TALK);
    }

    // Frames and bytes.

    /** Sends bytes as they are. */
    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends plaintext, cut into frames as usual. */
    HostilePeer stream(byte[] bytes) throws IOException {
        byte[] sealed = new byte[0];
        for (int at = 0; at < bytes.length; at += FRAME_DATA) {
            byte[] data = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + FRAME_DATA));
            sealed = Wire.join(sealed, frame(data.length, data));
        }
        raw(sealed);
        return this;
    }

    /** A sealed frame under the next counter that claims this length, whatever it holds. */
    byte[] frame(int length, byte[] data) throws IOException {
        byte[] bytes = ByteBuffer.allocate(PLAIN)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .put(data)
                .array();
        return secretly(() -> session.seal(bytes));
    }

    /** Sends plaintext again and again until the node has had enough. */
    void streamForEver(byte[] bytes) throws IOException {
        while (true) {
            stream(bytes);
        }
    }

    /** Leads whatever comes to somebody else, and back, until one of the two ends. */
    void relay(NetEndpoint to) throws IOException {
        Socket back = new Socket(to.ip(), to.port());
        Thread.ofVirtual().start(() -> pump(socket, back));
        Thread.ofVirtual().start(() -> pump(back, socket));
    }

    byte[] readMessage() throws IOException {
        int length = 0;
        for (int shift = 0; shift < 21; shift += 7) {
            int b = readPlain(1)[0];
            length |= (b & 0x7f) << shift;
            if (b >= 0) {
                return readPlain(length);
            }
        }
        throw new IOException("an honest node sends no message of this length");
    }

    /** Reads until the node has ended the connection. */
    void awaitEnd() throws IOException {
        byte[] rest = new byte[64 * 1_024];
        try {
            while (socket.getInputStream().read(rest) >= 0) {
                // what the node sent before it closed
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the node keeps the connection", e);
        } catch (IOException e) {
            // reset: the node closed with bytes of ours unread
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] readPlain(int count) throws IOException {
        while (plain.length < count) {
            byte[] sealed = new byte[SEALED];
            readFully(socket.getInputStream(), sealed);
            ByteBuffer opened =
                    ByteBuffer.wrap(secretly(() -> session.open(sealed))).order(ByteOrder.LITTLE_ENDIAN);
            byte[] data = new byte[opened.getInt()];
            opened.get(data);
            while (opened.hasRemaining()) {
                if (opened.get() != 0) {
                    throw new AssertionError("the node shows what its memory held before: padding that is not zero");
                }
            }
            plain = Wire.join(plain, data);
        }
        byte[] taken = Arrays.copyOf(plain, count);
        plain = Arrays.copyOfRange(plain, count, plain.length);
        return taken;
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of the two ends has closed
        }
    }

    private static void readFully(InputStream in, byte[] into) throws IOException {
        if (in.readNBytes(into, 0, into.length) < into.length) {
            throw new EOFException("the node ended the connection");
        }
    }

    private interface Secret<T> {
        T compute() throws GeneralSecurityException;
    }

    private static <T> T secretly(Secret<T> secret) throws IOException {
        try {
            return secret.compute();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
