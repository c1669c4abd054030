package dev.p2p.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules T9 to T20: what a transport owes to whoever dials, and how it ends. */
public interface DialContract extends TransportSubject {

    /** T9: a place where nobody listens is known to be one. */
    @Test
    @DisplayName("T9 a dial to a place where nobody listens any more is refused")
    default void aDialToAClosedListenerIsRefused() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Endpoint place = rig.listener().endpoint();
            rig.listener().close();
            assertEquals(Reason.CONNECTION_REFUSED, dial(rig, place, patience()).reason());
        }
    }

    /** T10: what belongs to another transport is the caller's mistake. */
    @Test
    @DisplayName("T10 an endpoint of another protocol or kind is an illegal argument")
    default void aForeignEndpointIsAnIllegalArgument() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Endpoint ours = rig.listener().endpoint();
            InetAddress loopback = InetAddress.getLoopbackAddress();
            Endpoint otherKind = ours instanceof NetEndpoint
                    ? new LocalEndpoint(ours.protocol(), "name")
                    : new NetEndpoint(ours.protocol(), loopback, 1);
            List<Endpoint> foreign = List.of(
                    new LocalEndpoint("another-protocol", "name"),
                    new NetEndpoint("another-protocol", loopback, 1),
                    otherKind);
            for (Endpoint endpoint : foreign) {
                assertThrows(
                        IllegalArgumentException.class, () -> rig.accepting().listen(endpoint), endpoint::toString);
                dial(rig, endpoint, patience()).failure(IllegalArgumentException.class);
            }
        }
    }

    /** T11: a dial that fails or gets stuck is of no concern to the others. */
    @Test
    @DisplayName("T11 dials do not wait for each other")
    default void dialsDoNotWaitForEachOther() throws Exception {
        int each = 4;
        try (TransportRig rig = new TransportRig(this)) {
            var closed = rig.accepting().listen(listenEndpoint());
            Endpoint nobody = closed.endpoint();
            closed.close();
            silentEndpoint()
                    .ifPresent(silent ->
                            dial(rig, silent, patience().multipliedBy(2)).untilBlocked());
            List<Worker<PendingConnection>> refused = new ArrayList<>();
            List<Worker<PendingConnection>> dialed = new ArrayList<>();
            List<Worker<PendingConnection>> accepted = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                accepted.add(rig.workers().start("accept", rig.listener()::accept));
                refused.add(dial(rig, nobody, patience()));
                dialed.add(dial(rig, rig.listener().endpoint(), patience()));
            }
            for (int i = 0; i < each; i++) {
                rig.keep(dialed.get(i).result());
                rig.keep(accepted.get(i).result());
                assertEquals(Reason.CONNECTION_REFUSED, refused.get(i).reason());
            }
        }
    }

    /** T12: interrupt is the way to cancel, also when it came before the call. */
    @Test
    @DisplayName("T12 an interrupted thread does not dial")
    default void anInterruptedThreadDoesNotDial() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Endpoint place = rig.listener().endpoint();
            Worker<PendingConnection> dialing = rig.workers().start("dial", () -> {
                Thread.currentThread().interrupt();
                return rig.dialing().dial(place, patience());
            });
            dialing.failure(InterruptedException.class);
        }
    }

    /** T13: needs a silent endpoint. */
    @Test
    @DisplayName("T13 a dial that nobody answers ends at its limit")
    default void aDialThatNobodyAnswersEndsAtItsLimit() throws Exception {
        Endpoint silent = requireSilentEndpoint();
        try (TransportRig rig = new TransportRig(this)) {
            assertEquals(
                    Reason.DIAL_TIMEOUT,
                    dial(rig, silent, Duration.ofMillis(100)).reason());
        }
    }

    /** T14: needs a silent endpoint. */
    @Test
    @DisplayName("T14 an interrupt ends a dial that nobody answers")
    default void anInterruptEndsADial() throws Exception {
        Endpoint silent = requireSilentEndpoint();
        try (TransportRig rig = new TransportRig(this)) {
            Worker<PendingConnection> dialing = dial(rig, silent, patience().multipliedBy(2));
            dialing.untilBlocked();
            dialing.interrupt();
            dialing.failure(InterruptedException.class);
        }
    }

    /** T15: needs a silent endpoint. */
    @Test
    @DisplayName("T15 closing a transport ends its dials in progress")
    default void closingATransportEndsItsDials() throws Exception {
        Endpoint silent = requireSilentEndpoint();
        try (TransportRig rig = new TransportRig(this)) {
            Worker<PendingConnection> dialing = dial(rig, silent, patience().multipliedBy(2));
            dialing.untilBlocked();
            rig.dialing().close();
            dialing.failure(IOException.class);
        }
    }

    /** T16: a transport's listeners end with it. */
    @Test
    @DisplayName("T16 closing a transport closes its listeners")
    default void closingATransportClosesItsListeners() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Endpoint place = rig.listener().endpoint();
            Worker<PendingConnection> accepting = rig.workers().start("accept", rig.listener()::accept);
            accepting.untilBlocked();
            rig.accepting().close();
            accepting.failure(ListenerClosedException.class);
            assertEquals(Reason.CONNECTION_REFUSED, dial(rig, place, patience()).reason());
        }
    }

    /** T17: connections outlive the transport that made them. */
    @Test
    @DisplayName("T17 closing a transport leaves its connections alone")
    default void closingATransportLeavesItsConnectionsAlone() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            rig.dialing().close();
            rig.accepting().close();
            Traffic.assertFlows(rig, connection);
        }
    }

    /** T18: closed is closed; closing again is harmless. */
    @Test
    @DisplayName("T18 a closed transport neither dials nor listens")
    default void aClosedTransportNeitherDialsNorListens() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Transport closed = rig.transport();
            closed.close();
            closed.close();
            Exception dialed = rig.workers()
                    .start("dial", () -> closed.dial(rig.listener().endpoint(), patience()))
                    .failure(Exception.class);
            assertSaysClosed(dialed);
            assertSaysClosed(assertThrows(Exception.class, () -> closed.listen(listenEndpoint())));
        }
    }

    /** T19: "everywhere" is where a listener may be, but no place to go to, although some systems take it for this machine. */
    @Test
    @DisplayName("TR-05: T19 a dial to an unspecified address is an illegal argument")
    default void anUnspecifiedAddressIsNoPlaceToDial() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Endpoint ours = rig.listener().endpoint();
            int port = ours instanceof NetEndpoint net ? net.port() : 1;
            for (String everywhere : List.of("0.0.0.0", "::")) {
                Endpoint endpoint = new NetEndpoint(ours.protocol(), InetAddress.getByName(everywhere), port);
                dial(rig, endpoint, patience()).failure(IllegalArgumentException.class);
            }
        }
    }

    /** T20: nodes in one process have nothing in common but the network. */
    @Test
    @DisplayName("TR-12 TR-13: T20 two transports listen in places of their own, and the end of one is not the other's")
    default void theEndOfOneTransportLeavesTheOthersAlone() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Endpoint first = rig.listener().endpoint();
            Listener second = rig.transport().listen(listenEndpoint());
            rig.keep(second);
            assertNotEquals(first, second.endpoint());
            rig.accepting().close();
            assertEquals(Reason.CONNECTION_REFUSED, dial(rig, first, patience()).reason());
            Worker<PendingConnection> accepting = rig.workers().start("accept", second::accept);
            Worker<PendingConnection> dialing = dial(rig, second.endpoint(), patience());
            rig.keep(dialing.result());
            rig.keep(accepting.result());
        }
    }

    private static void assertSaysClosed(Exception failure) {
        assertTrue(
                failure instanceof IOException || failure instanceof IllegalStateException,
                () -> "a closed transport fails with an I/O failure or an illegal state, not with " + failure);
    }

    private Endpoint requireSilentEndpoint() {
        assumeTrue(silentEndpoint().isPresent(), "the author of this transport names no silent endpoint");
        return silentEndpoint().orElseThrow();
    }

    private static Worker<PendingConnection> dial(TransportRig rig, Endpoint place, Duration limit) {
        return rig.workers().start("dial", () -> rig.dialing().dial(place, limit));
    }
}
