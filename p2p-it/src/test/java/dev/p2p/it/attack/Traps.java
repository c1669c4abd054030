package dev.p2p.it.attack;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.router.RouterBuilder;
import dev.p2p.router.RouterLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Places that the node dials because it expects a friend at each of them. An attacker answers at each, once. */
final class Traps implements AutoCloseable {

    static final int COUNT = 8;

    /** A book that is smaller than what one attacker tells of. */
    static final int BOOK = 100;

    /** A node that is let down dials again, and finds nobody. */
    static final Set<Reason> DIALS_IN_VAIN = Set.of(Reason.CONNECTION_REFUSED);

    /**
     * One place.
     *
     * @param key of the node that is expected there
     */
    private record Trap(ServerSocket socket, NodeKey key) {}

    private final Deque<Trap> traps = new ArrayDeque<>();

    Traps() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
            traps.add(new Trap(socket, NodeKey.generate(new SecureRandom())));
        }
    }

    /** Baits a node whose book is small. */
    void bait(RouterBuilder builder) {
        bait(builder, BOOK);
    }

    /**
     * Makes a node dial all of them, and wait at each for as long as the test needs.
     *
     * @param book so many peers it knows at most, those at the traps among them
     */
    void bait(RouterBuilder builder, int book) {
        builder.limits(RouterLimits.STANDARD
                .withPeers(40, COUNT)
                .withHandshakeTimeout(Duration.ofMinutes(5))
                .withMaxKnownPeers(book));
        for (Trap trap : traps) {
            String place = "127.0.0.1:" + trap.socket().getLocalPort();
            builder.persistentPeer(NodeAddress.parse(trap.key().id() + "@" + place));
        }
    }

    /** Answers at the next place as the one who is expected there. */
    HostilePeer friend() throws IOException {
        Trap trap = traps.element();
        return answer(trap.key());
    }

    /** Answers at the next place as somebody else. */
    HostilePeer impostor() throws IOException {
        return answer(NodeKey.generate(new SecureRandom()));
    }

    private HostilePeer answer(NodeKey key) throws IOException {
        try (ServerSocket socket = traps.remove().socket()) {
            socket.setSoTimeout(60_000);
            Socket dialed = socket.accept();
            return HostilePeer.answer(dialed, key);
        }
    }

    @Override
    public void close() throws IOException {
        List<Trap> left = new ArrayList<>(traps);
        for (Trap trap : left) {
            trap.socket().close();
        }
    }
}
