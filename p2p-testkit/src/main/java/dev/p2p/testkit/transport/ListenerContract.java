package dev.p2p.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules T1 to T8: what a listener owes to whoever accepts on it. */
public interface ListenerContract extends TransportSubject {

    /** T1: {@code accept} returns when there is somebody, not before. */
    @Test
    @DisplayName("T1 accept blocks until somebody connects")
    default void acceptBlocksUntilSomebodyConnects() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Worker<PendingConnection> accepting = rig.workers().start("accept", rig.listener()::accept);
            accepting.untilBlocked();
            assertTrue(accepting.isRunning(), "accept returned although nobody connected");
            Worker<PendingConnection> dialing = rig.workers()
                    .start("dial", () -> rig.dialing().dial(rig.listener().endpoint(), patience()));
            rig.keep(accepting.result());
            rig.keep(dialing.result());
        }
    }

    /** T2: an accept loop ends by closing its listener. */
    @Test
    @DisplayName("T2 closing a listener ends accept, the waiting one and every later one")
    default void closingAListenerEndsAccept() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Worker<PendingConnection> waiting = rig.workers().start("accept", rig.listener()::accept);
            waiting.untilBlocked();
            rig.listener().close();
            waiting.failure(ListenerClosedException.class);
            Worker<PendingConnection> later = rig.workers().start("accept-later", rig.listener()::accept);
            later.failure(ListenerClosedException.class);
        }
    }

    /** T3: {@code close} may be called again. */
    @Test
    @DisplayName("T3 closing a listener again does nothing")
    default void closingAListenerAgainDoesNothing() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Endpoint place = rig.listener().endpoint();
            rig.listener().close();
            rig.listener().close();
            Listener successor = rig.keep(rig.accepting().listen(place));
            rig.listener().close();
            Worker<PendingConnection> accepting = rig.workers().start("accept", successor::accept);
            Worker<PendingConnection> dialing =
                    rig.workers().start("dial", () -> rig.dialing().dial(successor.endpoint(), patience()));
            rig.keep(dialing.result());
            rig.keep(accepting.result());
        }
    }

    /** T4: connections outlive the listener that they came through. */
    @Test
    @DisplayName("T4 closing a listener leaves its connections alone")
    default void closingAListenerLeavesItsConnectionsAlone() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            rig.listener().close();
            Traffic.assertFlows(rig, connection);
        }
    }

    /** T5: two threads that accept never get the same connection, and each gets one that nobody touched. */
    @Test
    @DisplayName("T5 each connection is handed out once")
    default void eachConnectionIsHandedOutOnce() throws Exception {
        int dialers = 6;
        TestNode acceptor = TestNode.of(100);
        try (TransportRig rig = new TransportRig(this)) {
            List<Worker<Connection>> accepted = new ArrayList<>();
            List<Worker<Connection>> dialed = new ArrayList<>();
            Set<NodeId> expected = new HashSet<>();
            for (int i = 0; i < dialers; i++) {
                TestNode dialer = TestNode.of(i);
                expected.add(dialer.id());
                accepted.add(rig.workers()
                        .start(
                                "accept",
                                () -> rig.keep(rig.listener().accept()).handshake(acceptor.request(patience()))));
                dialed.add(rig.workers()
                        .start(
                                "dial",
                                () -> rig.keep(rig.dialing().dial(rig.listener().endpoint(), patience()))
                                        .handshake(dialer.request(acceptor.id(), patience()))));
            }
            Set<NodeId> met = new HashSet<>();
            for (Worker<Connection> connection : accepted) {
                met.add(rig.keep(connection.result()).peerInfo().id());
            }
            for (Worker<Connection> connection : dialed) {
                rig.keep(connection.result());
            }
            assertEquals(expected, met, "who was accepted");
            Worker<PendingConnection> oneMore = rig.workers().start("accept-more", rig.listener()::accept);
            oneMore.untilBlocked();
            rig.listener().close();
            oneMore.failure(ListenerClosedException.class);
        }
    }

    /** T6: {@code endpoint()} is a place to dial, and the connection's ends are named after it. */
    @Test
    @DisplayName("T6 endpoint() is the place that was chosen, and both ends know it")
    default void endpointIsThePlaceThatWasChosen() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Endpoint place = rig.listener().endpoint();
            assertTrue(provider().protocols().contains(place.protocol()), place + " is not of this transport");
            BothSides<PendingConnection> pending = rig.meet();
            assertEquals(place, pending.dialer().remote(), "the dialer's remote end");
            assertEquals(place, pending.acceptor().local(), "the acceptor's local end");
            if (place instanceof NetEndpoint chosen) {
                assertNotEquals(0, chosen.port(), "the port that was chosen");
                assertEquals(pending.dialer().local(), pending.acceptor().remote(), "the other two ends");
            }
        }
    }

    /** T7: a place belongs to one listener at a time. */
    @Test
    @DisplayName("T7 a place is taken while somebody listens there, and free afterwards")
    default void aPlaceIsTakenWhileSomebodyListensThere() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Endpoint place = rig.listener().endpoint();
            assertThrows(IOException.class, () -> rig.transport().listen(place));
            rig.listener().close();
            Listener successor = rig.keep(rig.transport().listen(place));
            assertEquals(place, successor.endpoint());
        }
    }

    /** T8: interrupt is the way to cancel. */
    @Test
    @DisplayName("T8 an interrupt ends accept")
    default void anInterruptEndsAccept() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Worker<PendingConnection> accepting = rig.workers().start("accept", rig.listener()::accept);
            accepting.untilBlocked();
            accepting.interrupt();
            accepting.failure(InterruptedException.class);
        }
    }
}
