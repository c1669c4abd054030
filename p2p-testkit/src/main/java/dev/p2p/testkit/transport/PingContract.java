package dev.p2p.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.LinkCounters;
import dev.p2p.api.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules C35 to C40: round trips of the link's own keep-alive. */
public interface PingContract extends TransportSubject {

    /** C35: a ping is answered by the peer's transport, and what was measured is what the counters show. */
    @Test
    @DisplayName("C35 a ping measures a round trip from either side, and the counters show it")
    default void aPingMeasuresARoundTrip() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(rig);
            for (Connection side :
                    List.of(talk.connection().dialer(), talk.connection().acceptor())) {
                long before = side.counters().bytesIn();
                Duration trip = answer(side.ping());
                assertTrue(trip.isPositive(), () -> "a round trip of " + trip);
                LinkCounters counters = side.counters();
                assertEquals(trip.toNanos(), counters.roundTripNanos());
                assertEquals(1, counters.pingsSent());
                assertEquals(1, counters.pongsReceived());
                assertTrue(counters.bytesIn() > before, "an answer is a sign of life in the bytes read");
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
                answer(talk.connection().dialer().ping());
                answer(talk.connection().acceptor().ping());
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
            Connection asking = halfRunning(rig).dialer();
            CompletionStage<Duration> open = asking.ping();
            asking.close(Reason.BANNED);
            assertEquals(Reason.BANNED, failure(open, TransportException.class).reason());
            assertEquals(
                    Reason.BANNED,
                    failure(asking.ping(), TransportException.class).reason());
        }
    }

    /** C38: the answer is everybody's who asked, and how long to wait for it is each one's own affair. */
    @Test
    @DisplayName("C38 who gives up ends nobody else's wait and costs the connection nothing")
    default void whoGivesUpEndsNobodyElsesWait() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = halfRunning(rig);
            CompletionStage<Duration> open = connection.dialer().ping();
            CompletableFuture<Duration> patient = open.toCompletableFuture();
            failure(open.toCompletableFuture().orTimeout(1, TimeUnit.MILLISECONDS), TimeoutException.class);
            open.toCompletableFuture().cancel(true);
            open.toCompletableFuture().complete(Duration.ZERO);
            CompletableFuture<Duration> later = connection.dialer().ping().toCompletableFuture();
            assertFalse(patient.isDone(), "no answer can have come");
            assertFalse(later.isDone(), "no answer can have come");
            startLate(rig, connection.acceptor(), new QueuedSource());
            assertEquals(answer(patient), answer(later));
            assertTrue(answer(connection.dialer().ping()).isPositive());
        }
    }

    /** C39: callers need no lock of their own, and the peer is asked once. The peer's reader does not run while they ask. */
    @Test
    @DisplayName("C39 who asks while a ping is open shares its answer, and the next ping is another")
    default void whoAsksWhileAPingIsOpenSharesItsAnswer() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = halfRunning(rig);
            List<Worker<CompletionStage<Duration>>> askers = IntStream.range(0, 8)
                    .mapToObj(i -> rig.workers()
                            .start("ping-" + i, () -> connection.dialer().ping()))
                    .toList();
            List<CompletionStage<Duration>> asked =
                    askers.stream().map(Worker::result).toList();
            startLate(rig, connection.acceptor(), new QueuedSource());
            Duration trip = answer(asked.getFirst());
            for (CompletionStage<Duration> one : asked) {
                assertEquals(trip, answer(one));
            }
            assertEquals(1, connection.dialer().counters().pingsSent());
            assertEquals(1, connection.acceptor().counters().pingsReceived());
            answer(connection.dialer().ping());
            assertEquals(2, connection.dialer().counters().pingsSent());
            assertEquals(2, connection.acceptor().counters().pingsReceived());
        }
    }

    /** C40: what a caller does with an answer is his own affair. Both answers, that of the peer and that of the end. */
    @Test
    @DisplayName("C40 what blocks on an answer holds up neither the connection nor who closes it")
    default void whatBlocksOnAnAnswerHoldsUpNobody() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            RecordingSink sink = new RecordingSink();
            rig.workers().start("read", () -> connection.dialer().read(sink));
            rig.workers().start("write", () -> connection.dialer().write(new QueuedSource()));
            CountDownLatch answered = blockOn(connection.dialer().ping(), release);
            QueuedSource source = new QueuedSource();
            startLate(rig, connection.acceptor(), source);
            assertTrue(answered.await(patience().toMillis(), TimeUnit.MILLISECONDS), "the answer came");
            source.offer(TestNode.FIRST, Payload.of(1_000, 1));
            sink.await(1, patience());
            answer(connection.dialer().ping());

            Connection closing = halfRunning(rig).dialer();
            CountDownLatch ended = blockOn(closing.ping(), release);
            rig.workers()
                    .start("close", () -> {
                        closing.close(Reason.BANNED);
                        return true;
                    })
                    .result();
            assertTrue(ended.await(patience().toMillis(), TimeUnit.MILLISECONDS), "the end came");
            release.countDown();
        } finally {
            release.countDown();
        }
    }

    /** A connection whose dialer runs and whose acceptor does not, so that the dialer's pings stay open. */
    private static BothSides<Connection> halfRunning(TransportRig rig) {
        BothSides<Connection> connection = rig.connect();
        rig.workers().start("read", () -> connection.dialer().read(new RecordingSink()));
        rig.workers().start("write", () -> connection.dialer().write(new QueuedSource()));
        return connection;
    }

    private static void startLate(TransportRig rig, Connection side, QueuedSource source) {
        rig.workers().start("late-read", () -> side.read(new RecordingSink()));
        rig.workers().start("late-write", () -> side.write(source));
    }

    /** Counted down when the answer is there; what did it waits for the release. */
    private static CountDownLatch blockOn(CompletionStage<Duration> ping, CountDownLatch release) {
        CountDownLatch there = new CountDownLatch(1);
        var _ = ping.whenComplete((trip, end) -> {
            there.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return there;
    }

    private Duration answer(CompletionStage<Duration> ping) throws Exception {
        return ping.toCompletableFuture().get(patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    private <X extends Throwable> X failure(CompletionStage<Duration> ping, Class<X> type) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> answer(ping));
        return assertInstanceOf(type, thrown.getCause());
    }
}
