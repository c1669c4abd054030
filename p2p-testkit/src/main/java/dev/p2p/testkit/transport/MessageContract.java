package dev.p2p.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.LinkCounters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules C13 to C24: how messages get from one side to the other. */
public interface MessageContract extends TransportSubject {

    /** C13: the sizes around the wire's own limits of 1024 bytes, nothing at all, and a lot. */
    @Test
    @DisplayName("C13 messages of every size arrive whole, unchanged and in order, both ways at once")
    default void messagesOfEverySizeArriveWholeUnchangedAndInOrder() throws Exception {
        List<byte[]> there = new ArrayList<>();
        List<byte[]> back = new ArrayList<>();
        for (int size : List.of(0, 1, 1_023, 1_024, 1_025, 0, 64 * 1_024, 1, 1_024 * 1_024, 1, 0, 65_537, 3)) {
            there.add(Payload.of(size, size + 1L));
            back.add(Payload.of(size, size + 2L));
        }
        var sources = new BothSides<>(new QueuedSource(), new QueuedSource());
        there.forEach(message -> sources.dialer().offer(TestNode.FIRST, message));
        back.forEach(message -> sources.acceptor().offer(TestNode.FIRST, message));
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(rig, sources, new BothSides<>(new RecordingSink(), new RecordingSink()));
            assertEquals(received(there), talk.sinks().acceptor().await(there.size(), patience()));
            assertEquals(received(back), talk.sinks().dialer().await(back.size(), patience()));
        }
    }

    /** C14: a long message on one channel and many short ones on another share the link. */
    @Test
    @DisplayName("C14 messages of two channels interleave without mixing")
    default void messagesOfTwoChannelsInterleave() throws Exception {
        List<byte[]> first = Stream.of(300_000, 5, 200_000)
                .map(size -> Payload.of(size, size))
                .toList();
        List<byte[]> second = Stream.iterate(1, size -> size <= 200, size -> size + 1)
                .map(size -> Payload.of(size, size))
                .toList();
        QueuedSource source = new QueuedSource(1_000);
        first.forEach(message -> source.offer(TestNode.FIRST, message));
        second.forEach(message -> source.offer(TestNode.SECOND, message));
        try (TransportRig rig = new TransportRig(this)) {
            RecordingSink sink = sendTo(rig, source, new RecordingSink());
            sink.await(first.size() + second.size(), patience());
            assertEquals(received(first), sink.messages(TestNode.FIRST));
            assertEquals(
                    second.stream()
                            .map(message -> ReceivedMessage.of(TestNode.SECOND, message))
                            .toList(),
                    sink.messages(TestNode.SECOND));
        }
    }

    /** C15: the source decides how a message is sliced, within what the writer allows. */
    @Test
    @DisplayName("C15 slices of any length make up the message")
    default void slicesOfAnyLengthMakeUpTheMessage() throws Exception {
        for (int slice : List.of(1, 7, 1_023)) {
            byte[] message = Payload.of(3_000, slice);
            QueuedSource source = new QueuedSource(slice);
            source.offer(TestNode.FIRST, message);
            try (TransportRig rig = new TransportRig(this)) {
                RecordingSink sink = sendTo(rig, source, new RecordingSink());
                assertEquals(received(List.of(message)), sink.await(1, patience()));
            }
        }
    }

    /** C16: heap or direct, whole or part of a larger one, writable or not. The source checks that nobody writes into it. */
    @Test
    @DisplayName("C16 any kind of buffer is sent, and none is changed")
    default void anyKindOfBufferIsSentAndNoneIsChanged() throws Exception {
        byte[] message = Payload.of(5_000, 16);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(6_000).position(1_000).put(message).position(1_000);
        ByteBuffer part =
                ByteBuffer.allocate(7_000).position(900).put(message).flip().position(900);
        QueuedSource source = new QueuedSource();
        for (ByteBuffer buffer : List.of(direct, part, direct.asReadOnlyBuffer(), part.asReadOnlyBuffer())) {
            source.offer(TestNode.FIRST, buffer);
        }
        source.end();
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            RecordingSink sink = new RecordingSink();
            rig.workers().start("read", () -> connection.acceptor().read(sink));
            Worker<Boolean> writing =
                    rig.workers().start("write", () -> connection.dialer().write(source));
            assertEquals(received(List.of(message, message, message, message)), sink.await(4, patience()));
            writing.result();
        }
    }

    /** C17: a slice is lent until the next call of {@code next}. */
    @Test
    @DisplayName("C17 the source may use a slice's memory again for the next one")
    default void theSourceMayUseASlicesMemoryAgain() throws Exception {
        List<byte[]> messages =
                Stream.of(10, 20, 30, 2_000).map(size -> Payload.of(size, size)).toList();
        RecyclingSource source = new RecyclingSource(messages);
        RecordingSink sink = new RecordingSink((channel, bytes, last) -> source.untilRecycled());
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            rig.workers().start("read", () -> connection.acceptor().read(sink));
            rig.workers()
                    .start("write", () -> connection.dialer().write(source))
                    .result();
            assertEquals(received(messages), sink.await(messages.size(), patience()));
        }
    }

    /** C18: the writer flushes when the source has nothing more for now. */
    @Test
    @DisplayName("C18 a message is sent although none follows")
    default void aMessageIsSentAlthoughNoneFollows() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(rig);
            for (int i = 1; i <= 3; i++) {
                talk.sources().dialer().offer(TestNode.FIRST, Payload.of(i, i));
                talk.sinks().acceptor().await(i, patience());
                talk.sources().acceptor().offer(TestNode.FIRST, Payload.of(i, i));
                talk.sinks().dialer().await(i, patience());
            }
        }
    }

    /** C19: null from the source means nothing but that there is nothing to write. */
    @Test
    @DisplayName("C19 a writer that is woken for nothing goes on")
    default void aWriterThatIsWokenForNothingGoesOn() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(rig);
            for (int i = 1; i <= 3; i++) {
                talk.sources().dialer().wake();
                talk.writers().dialer().untilBlocked();
                talk.sources().dialer().wake();
                talk.sources().dialer().offer(TestNode.FIRST, Payload.of(i, i));
                talk.sinks().acceptor().await(i, patience());
            }
        }
    }

    /** C20: the receiver's limit holds before its sink gets a byte too many. */
    @Test
    @DisplayName("C20 a message as long as the limit passes, a longer one ends the connection as too large")
    default void aMessageThatIsTooLongEndsTheConnection() throws Exception {
        int limit = 10_000;
        try (TransportRig rig = new TransportRig(this)) {
            RecordingSink sink = new RecordingSink(Map.of(TestNode.FIRST, limit), (channel, bytes, last) -> {});
            Talk talk = talkTo(rig, sink);
            byte[] longest = Payload.of(limit, 1);
            talk.sources().dialer().offer(TestNode.FIRST, longest);
            assertEquals(received(List.of(longest)), sink.await(1, patience()));
            talk.sources().dialer().offer(TestNode.FIRST, Payload.of(limit + 1, 2));
            assertEquals(Reason.TOO_LARGE, talk.readers().acceptor().reason());
            assertEquals(1, sink.messages().size(), "messages that arrived");
            assertTrue(sink.longest() <= limit, () -> sink.longest() + " bytes arrived of a message that is too long");
        }
    }

    /** C21: a channel that the receiver does not serve is a breach. */
    @Test
    @DisplayName("C21 a message on a channel that is not served ends the connection")
    default void aMessageOnAnUnservedChannelEndsTheConnection() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            RecordingSink sink = new RecordingSink();
            Talk talk = talkTo(rig, sink);
            talk.sources().dialer().offer(TestNode.UNSERVED, Payload.of(10, 1));
            assertEquals(Reason.UNKNOWN_CHANNEL, talk.readers().acceptor().reason());
            assertEquals(List.of(), sink.messages());
        }
    }

    /** C22: what lies between two nodes is bounded, and nothing of it is lost. */
    @Test
    @DisplayName("C22 a reader that takes nothing stops the writer in time, and nothing is lost")
    default void aReaderThatTakesNothingStopsTheWriter() throws Exception {
        int size = 16 * 1_024;
        int count = maxBytesInFlight() / size + 64;
        NumberedSource source = new NumberedSource(count, size);
        NumberedSink sink = new NumberedSink(size);
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            Worker<Boolean> reading =
                    rig.workers().start("read", () -> connection.acceptor().read(sink));
            Worker<Boolean> writing =
                    rig.workers().start("write", () -> connection.dialer().write(source));
            Worker<Boolean> stalled = rig.workers().start("watch", source::awaitStall);
            assertTrue(
                    stalled.result(),
                    () -> "more than " + maxBytesInFlight() + " bytes were written to a reader that takes nothing");
            sink.open();
            writing.result();
            connection.dialer().close();
            assertEquals(Reason.CLOSED_BY_PEER, reading.reason());
            assertEquals(count, sink.complete(), "messages that arrived");
        }
    }

    /** C23: a slow reactor must not keep its own node from sending. */
    @Test
    @DisplayName("C23 a reader that is held up does not hold up the writer beside it")
    default void aReaderThatIsHeldUpDoesNotHoldUpTheWriterBesideIt() throws Exception {
        NumberedSink heldUp = new NumberedSink(100);
        RecordingSink sink = new RecordingSink();
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect();
            rig.workers().start("read-held-up", () -> connection.dialer().read(heldUp));
            rig.workers().start("write", () -> connection.acceptor().write(new NumberedSource(1, 100)));
            rig.workers()
                    .start("watch", () -> heldUp.reached().await(patience().toMillis(), TimeUnit.MILLISECONDS))
                    .result();
            QueuedSource source = new QueuedSource();
            byte[] message = Payload.of(50_000, 1);
            source.offer(TestNode.FIRST, message);
            rig.workers().start("read", () -> connection.acceptor().read(sink));
            rig.workers().start("write-beside", () -> connection.dialer().write(source));
            assertEquals(received(List.of(message)), sink.await(1, patience()));
        }
    }

    /** C24: the counters are there at any time, and count nothing twice. A message is counted on both sides, with what it takes. */
    @Test
    @DisplayName("TR-29: C24 the counters count what is carried, and never run backwards")
    default void theCountersNeverRunBackwards() throws Exception {
        int length = 100_000;
        try (TransportRig rig = new TransportRig(this)) {
            Talk talk = Talk.start(rig);
            LinkCounters before = talk.connection().dialer().counters();
            LinkCounters beforeThere = talk.connection().acceptor().counters();
            talk.sources().dialer().offer(TestNode.FIRST, Payload.of(length, 1));
            talk.sinks().acceptor().await(1, patience());
            assertTrue(
                    Poll.until(
                            () -> talk.connection().dialer().counters().bytesOut() - before.bytesOut() >= length
                                    && talk.connection().acceptor().counters().bytesIn() - beforeThere.bytesIn()
                                            >= length,
                            patience()),
                    () -> "counters after a message of " + length + " bytes: "
                            + talk.connection().dialer().counters() + " and "
                            + talk.connection().acceptor().counters());
            LinkCounters after = talk.connection().dialer().counters();
            assertTrue(
                    after.bytesOut() - before.bytesOut() < 2 * length, () -> "counted twice: " + before + ", " + after);
            assertTrue(
                    before.bytesIn() >= 0 && before.bytesIn() <= after.bytesIn(),
                    () -> "bytes in: " + before + ", " + after);
            assertTrue(
                    before.bytesOut() >= 0 && before.bytesOut() <= after.bytesOut(),
                    () -> "bytes out: " + before + ", " + after);
            talk.connection().dialer().close();
            talk.connection().dialer().counters();
        }
    }

    private static List<ReceivedMessage> received(List<byte[]> messages) {
        return messages.stream()
                .map(message -> ReceivedMessage.of(TestNode.FIRST, message))
                .toList();
    }

    private static RecordingSink sendTo(TransportRig rig, QueuedSource source, RecordingSink sink) {
        BothSides<Connection> connection = rig.connect();
        rig.workers().start("read", () -> connection.acceptor().read(sink));
        rig.workers().start("write", () -> connection.dialer().write(source));
        return sink;
    }

    private static Talk talkTo(TransportRig rig, RecordingSink acceptor) {
        return Talk.start(
                rig,
                new BothSides<>(new QueuedSource(), new QueuedSource()),
                new BothSides<>(new RecordingSink(), acceptor));
    }
}
