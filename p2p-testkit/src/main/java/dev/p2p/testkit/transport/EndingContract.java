package dev.p2p.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules C25 to C34: how connections end, and what is left of them. */
public interface EndingContract extends TransportSubject {

    /** C25: the orderly end loses nothing. */
    @Test
    @DisplayName("C25 after the source's end the peer reads everything, and then that it was closed")
    default void afterTheSourcesEndThePeerReadsEverything() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            QueuedSource source = new QueuedSource();
            List<ReceivedMessage> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byte[] message = Payload.of(3_000, i);
                source.offer(TestNode.FIRST, message);
                sent.add(ReceivedMessage.of(TestNode.FIRST, message));
            }
            source.end();
            RecordingSink sink = new RecordingSink();
            Worker<Boolean> reading =
                    rig.workers().start("read", () -> connection.acceptor().read(sink));
            rig.workers()
                    .start("write", () -> connection.dialer().write(source))
                    .result();
            connection.dialer().close(Reason.SHUTDOWN);
            assertEquals(Reason.CLOSED_BY_PEER, reading.reason());
            assertEquals(sent, sink.messages());
        }
    }

    /** C26: {@code close} ends what blocks on this side, with the reason it was given. */
    @Test
    @DisplayName("C26 close ends both loops with its reason")
    default void closeEndsBothLoopsWithItsReason() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = idle(rig);
            talk.connection().dialer().close(Reason.REPORTED);
            assertEquals(Reason.REPORTED, talk.readers().dialer().reason());
            assertEquals(Reason.REPORTED, talk.writers().dialer().reason());
        }
    }

    /** C27: the peer's end is this side's end. */
    @Test
    @DisplayName("C27 when the peer closes between two messages, both loops end with closed-by-peer")
    default void whenThePeerClosesBothLoopsEnd() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = idle(rig);
            talk.connection().acceptor().close(Reason.SHUTDOWN);
            assertEquals(Reason.CLOSED_BY_PEER, talk.readers().dialer().reason());
            assertEquals(Reason.CLOSED_BY_PEER, talk.writers().dialer().reason());
        }
    }

    /** C28: there is one reason for an end, the first. */
    @Test
    @DisplayName("C28 the first reason stays, and closing again does nothing")
    default void theFirstReasonStays() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            Connection closed = connection.dialer();
            closed.close(Reason.DUPLICATE);
            closed.close(Reason.BANNED);
            closed.close();
            Worker<Boolean> reading = rig.workers().start("read", () -> closed.read(new RecordingSink()));
            Worker<Boolean> writing = rig.workers().start("write", () -> closed.write(new QueuedSource()));
            assertEquals(Reason.DUPLICATE, reading.reason());
            assertEquals(Reason.DUPLICATE, writing.reason());
        }
    }

    /** C29: a peer that reads nothing cannot keep this side from closing. */
    @Test
    @DisplayName("C29 close ends a writer that the peer holds up")
    default void closeEndsAWriterThatThePeerHoldsUp() throws Exception {
        int size = 16 * 1_024;
        NumberedSource source = new NumberedSource(maxBytesInFlight() / size + 64, size);
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            Worker<Boolean> writing =
                    rig.workers().start("write", () -> connection.dialer().write(source));
            rig.workers().start("watch", source::awaitStall).result();
            connection.dialer().close(Reason.WRITE_STALLED);
            assertEquals(Reason.WRITE_STALLED, writing.reason());
        }
    }

    /** C30: the receiver of messages may end the connection. */
    @Test
    @DisplayName("C30 a sink that refuses a message ends the connection with its reason")
    default void aSinkThatRefusesAMessageEndsTheConnection() throws Exception {
        RecordingSink refusing = refusing();
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(
                    rig,
                    new BothSides<>(new QueuedSource(), new QueuedSource()),
                    new BothSides<>(new RecordingSink(), refusing));
            talk.sources().dialer().offer(TestNode.FIRST, Payload.of(10, 1));
            assertEquals(Reason.UNDECODABLE_MESSAGE, talk.readers().acceptor().reason());
            assertEquals(Reason.UNDECODABLE_MESSAGE, talk.writers().acceptor().reason());
            talk.readers().dialer().failure(IOException.class);
            assertEquals(List.of(), refusing.messages());
        }
    }

    /** C31: connections have nothing in common. */
    @Test
    @DisplayName("C31 the end of one connection leaves the others alone")
    default void theEndOfOneConnectionLeavesTheOthersAlone() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> other = rig.connect(TestNode.of(1), TestNode.of(2));
            Talk ending = Talk.start(
                    rig,
                    rig.connect(TestNode.of(3), TestNode.of(2)),
                    new BothSides<>(new QueuedSource(), new QueuedSource()),
                    new BothSides<>(new RecordingSink(), refusing()));
            ending.sources().dialer().offer(TestNode.FIRST, Payload.of(10, 1));
            ending.readers().acceptor().failure(TransportException.class);
            Traffic.assertFlows(rig, other);
        }
    }

    /** C32: interrupt is the way to cancel. */
    @Test
    @DisplayName("C32 an interrupt ends the loop that it meets")
    default void anInterruptEndsTheLoop() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Talk one = idle(rig);
            one.writers().dialer().interrupt();
            one.writers().dialer().failure(InterruptedException.class);
            Talk other = idle(rig);
            other.readers().dialer().interrupt();
            other.readers().dialer().failure(InterruptedException.class);
        }
    }

    /** C33: a node that runs for years cannot afford a leak for each connection. */
    @Test
    @DisplayName("C33 nothing is left of closed connections: no thread, no socket, no timer")
    default void nothingIsLeftOfClosedConnections() throws Exception {
        connectTalkAndClose();
        LeakCheck leaks = LeakCheck.start();
        connectTalkAndClose();
        leaks.assertNothingLeft(patience());
    }

    /** C34: nor for each stranger that knocks. The connections that fail here are closed by nobody but the transport. */
    @Test
    @DisplayName("C34 nothing is left of failed handshakes: no thread, no socket, no timer")
    default void nothingIsLeftOfFailedHandshakes() throws Exception {
        connectTalkAndClose();
        LeakCheck leaks = LeakCheck.start();
        TestNode node = TestNode.of(1);
        try (TransportRig rig = new TransportRig(this)) {
            failToShakeHands(rig, node.request(patience()), node.request(patience()));
            failToShakeHands(
                    rig,
                    node.request(patience()),
                    TestNode.of(2).withNetwork("another-network").request(patience()));
            failToShakeHands(
                    rig,
                    node.request(TestNode.of(3).id(), patience()),
                    TestNode.of(2).request(patience()));
            BothSides<PendingConnection> silent = meet(rig);
            rig.workers()
                    .start("handshake", () -> silent.dialer().handshake(node.request(Duration.ofMillis(100))))
                    .failure(TransportException.class);
            silent.acceptor().close();
            assertNoTimers(rig);
        }
        leaks.assertNothingLeft(patience());
    }

    private void connectTalkAndClose() throws IOException {
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(rig);
            talk.sources().dialer().offer(TestNode.FIRST, Payload.of(1_000, 1));
            talk.sinks().acceptor().await(1, patience());
            talk.connection().dialer().close();
            talk.readers().acceptor().failure(IOException.class);
            talk.connection().acceptor().close();
            assertNoTimers(rig);
        }
    }

    private void assertNoTimers(TransportRig rig) {
        assertTrue(
                Poll.until(() -> rig.pendingTimerTasks() == 0, patience()),
                () -> rig.pendingTimerTasks() + " tasks wait on the nodes' timers");
    }

    private static void failToShakeHands(TransportRig rig, HandshakeRequest dialer, HandshakeRequest acceptor) {
        var shaking = rig.shakeHands(meet(rig), dialer, acceptor);
        shaking.dialer().failure(TransportException.class);
        shaking.acceptor().failure(TransportException.class);
    }

    /** As the rig does it, but without a promise to close what comes of it. */
    private static BothSides<PendingConnection> meet(TransportRig rig) {
        Worker<PendingConnection> accepted = rig.workers().start("accept", rig.listener()::accept);
        Worker<PendingConnection> dialed = rig.workers()
                .start("dial", () -> rig.dialing().dial(rig.listener().endpoint(), rig.patience()));
        return new BothSides<>(dialed.result(), accepted.result());
    }

    /** A connection on which all four loops wait for something to do. */
    private static Talk idle(TransportRig rig) {
        Talk talk = Talk.start(rig);
        talk.writers().dialer().untilBlocked();
        talk.writers().acceptor().untilBlocked();
        talk.readers().dialer().untilBlocked();
        talk.readers().acceptor().untilBlocked();
        return talk;
    }

    private static RecordingSink refusing() {
        return new RecordingSink((channel, bytes, last) -> {
            throw new TransportException(Reason.UNDECODABLE_MESSAGE, "this sink takes nothing");
        });
    }
}
