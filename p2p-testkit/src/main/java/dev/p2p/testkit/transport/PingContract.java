package dev.p2p.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.LinkCounters;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules C35 to C39: round trips of the link's own keep-alive. */
public interface PingContract extends TransportSubject {

    /** C35: a ping is answered by the peer's transport, and what was measured is what the counters show. */
    @Test
    @DisplayName("C35 a ping measures a round trip from either side, and the counters show it")
    default void aPingMeasuresARoundTrip() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(rig);
            for (Connection side :
                    List.of(talk.connection().dialer(), talk.connection().acceptor())) {
                Duration trip = rig.workers().start("ping", side::ping).result();
                assertTrue(trip.isPositive(), () -> "a round trip of " + trip);
                LinkCounters counters = side.counters();
                assertEquals(trip.toNanos(), counters.roundTripNanos());
                assertEquals(1, counters.pingsSent());
                assertEquals(1, counters.pongsReceived());
            }
            assertEquals(1, talk.connection().dialer().counters().pingsReceived());
        }
    }

    /** C36: keep-alive and messages share the link. */
    @Test
    @DisplayName("C36 pings are answered while messages flow, and harm none")
    default void pingsAreAnsweredWhileMessagesFlow() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(rig);
            List<byte[]> messages =
                    IntStream.range(0, 40).mapToObj(i -> Payload.of(50_000, i)).toList();
            messages.forEach(message -> talk.sources().dialer().offer(TestNode.FIRST, message));
            for (int i = 0; i < 5; i++) {
                rig.workers()
                        .start("ping", () -> talk.connection().dialer().ping())
                        .result();
                rig.workers()
                        .start("ping-back", () -> talk.connection().acceptor().ping())
                        .result();
            }
            assertEquals(
                    messages.stream()
                            .map(message -> ReceivedMessage.of(TestNode.FIRST, message))
                            .toList(),
                    talk.sinks().acceptor().await(messages.size(), patience()));
        }
    }

    /** C37: an asker learns that there will be no answer. The peer's reader does not run, so none can come. */
    @Test
    @DisplayName("C37 a ping ends with the connection, and with its reason")
    default void aPingEndsWithTheConnection() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            rig.workers().start("read", () -> connection.dialer().read(new RecordingSink()));
            rig.workers().start("write", () -> connection.dialer().write(new QueuedSource()));
            Worker<Duration> asking =
                    rig.workers().start("ping", () -> connection.dialer().ping());
            asking.untilBlocked();
            connection.dialer().close(Reason.BANNED);
            assertEquals(Reason.BANNED, asking.reason());
            assertEquals(
                    Reason.BANNED,
                    rig.workers()
                            .start(
                                    "ping-after-the-end",
                                    () -> connection.dialer().ping())
                            .reason());
        }
    }

    /** C38: interrupt is the way to give up, and giving up costs the connection nothing. */
    @Test
    @DisplayName("C38 an interrupt ends a ping, the connection lives on, and the next ping is answered")
    default void anInterruptEndsAPing() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            RecordingSink sink = new RecordingSink();
            rig.workers().start("read", () -> connection.dialer().read(new RecordingSink()));
            rig.workers().start("write", () -> connection.dialer().write(new QueuedSource()));
            Worker<Duration> asking =
                    rig.workers().start("ping", () -> connection.dialer().ping());
            asking.untilBlocked();
            asking.interrupt();
            asking.failure(InterruptedException.class);
            rig.workers().start("late-read", () -> connection.acceptor().read(sink));
            rig.workers().start("late-write", () -> connection.acceptor().write(new QueuedSource()));
            assertTrue(rig.workers()
                    .start("next-ping", () -> connection.dialer().ping())
                    .result()
                    .isPositive());
        }
    }

    /** C39: callers need no lock of their own. */
    @Test
    @DisplayName("C39 pings from several threads are each answered")
    default void pingsFromSeveralThreadsAreEachAnswered() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(rig);
            List<Worker<Duration>> askers = IntStream.range(0, 8)
                    .mapToObj(i -> rig.workers()
                            .start("ping-" + i, () -> talk.connection().dialer().ping()))
                    .toList();
            askers.forEach(asker -> assertTrue(asker.result().isPositive()));
            assertEquals(8, talk.connection().dialer().counters().pongsReceived());
        }
    }
}
