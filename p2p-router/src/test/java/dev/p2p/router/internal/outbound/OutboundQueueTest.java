package dev.p2p.router.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BytesValue;
import dev.p2p.api.ChannelId;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.api.transport.Piece;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ChannelDescriptor<BytesValue> bulk =
            ChannelDescriptor.of(0x30, "bulk", BytesValue.parser()).withOutbound(4, 10_000);
    private final ChannelDescriptor<BytesValue> urgent =
            ChannelDescriptor.of(0x22, "urgent", BytesValue.parser()).withPriority(10);
    private final OutboundQueue queue = new OutboundQueue(2);

    @Test
    void cutsAMessageIntoSlicesAndMarksTheLast() throws InterruptedException {
        queue.offer(0, bulk, bytes(2_500));
        List<Piece> pieces = drain(1_024);
        assertThat(pieces).extracting(piece -> piece.bytes().remaining()).containsExactly(1_024, 1_024, 452);
        assertThat(pieces).extracting(Piece::last).containsExactly(false, false, true);
        assertThat(join(pieces)).isEqualTo(bytes(2_500));
    }

    @Test
    void handsOutAnEmptyMessageAsOneLastSlice() throws InterruptedException {
        queue.offer(0, bulk, new byte[0]);
        assertThat(drain(1_024)).singleElement().satisfies(piece -> {
            assertThat(piece.bytes().remaining()).isZero();
            assertThat(piece.last()).isTrue();
        });
    }

    @Test
    void keepsTheOrderInsideAChannel() throws InterruptedException {
        for (int i = 1; i <= 4; i++) {
            queue.offer(0, bulk, new byte[i]);
        }
        assertThat(drain(1_024)).extracting(piece -> piece.bytes().remaining()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void letsAnUrgentMessageOvertakeAHalfSentBulkMessage() throws InterruptedException {
        queue.offer(0, bulk, bytes(100_000));
        List<Piece> before = new ArrayList<>();
        before.add(queue.next(1_024, AT_ONCE));
        queue.offer(1, urgent, bytes(100));
        int overtaken = 0;
        Piece piece = queue.next(1_024, AT_ONCE);
        while (!piece.channel().equals(new ChannelId(0x22))) {
            overtaken += piece.bytes().remaining();
            piece = queue.next(1_024, AT_ONCE);
        }
        assertThat(overtaken).isLessThanOrEqualTo(17 * 1_024);
    }

    @Test
    void refusesWhatExceedsItsMessagesOrBytes() {
        assertThat(queue.offer(0, bulk, bytes(6_000))).isEqualTo(SendResult.QUEUED);
        assertThat(queue.offer(0, bulk, bytes(6_000))).isEqualTo(SendResult.FULL);
        for (int i = 0; i < 3; i++) {
            assertThat(queue.offer(0, bulk, bytes(1))).isEqualTo(SendResult.QUEUED);
        }
        assertThat(queue.offer(0, bulk, bytes(1))).isEqualTo(SendResult.FULL);
    }

    @Test
    void takesOneMessageOfAnyLengthWhenEmpty() {
        assertThat(queue.offer(0, bulk, bytes(1_000_000))).isEqualTo(SendResult.QUEUED);
    }

    @Test
    void keepsChannelsApart() {
        queue.offer(0, bulk, bytes(1_000_000));
        assertThat(queue.offer(0, bulk, bytes(1))).isEqualTo(SendResult.FULL);
        assertThat(queue.offer(1, urgent, bytes(1))).isEqualTo(SendResult.QUEUED);
    }

    @Test
    void aPatientSenderGetsRoomWhenTheWriterTakesAMessage() throws Exception {
        queue.offer(0, bulk, bytes(1_000_000));
        CompletableFuture<SendResult> sent = inBackground(() -> queue.offer(0, bulk, bytes(5), LONG));
        drainOneMessage(Integer.MAX_VALUE);
        assertThat(sent.get(1, TimeUnit.MINUTES)).isEqualTo(SendResult.QUEUED);
    }

    @Test
    void closingReleasesAPatientSender() throws Exception {
        queue.offer(0, bulk, bytes(1_000_000));
        CompletableFuture<SendResult> sent = inBackground(() -> queue.offer(0, bulk, bytes(5), LONG));
        queue.close();
        assertThat(sent.get(1, TimeUnit.MINUTES)).isEqualTo(SendResult.STALE);
    }

    @Test
    void anImpatientSenderIsToldThatItIsFull() throws InterruptedException {
        queue.offer(0, bulk, bytes(1_000_000));
        assertThat(queue.offer(0, bulk, bytes(5), Duration.ofNanos(1))).isEqualTo(SendResult.FULL);
    }

    @Test
    void theWriterIsWokenByAMessage() throws Exception {
        CompletableFuture<Piece> taken = inBackground(() -> queue.next(1_024, LONG));
        queue.offer(0, bulk, bytes(7));
        assertThat(taken.get(1, TimeUnit.MINUTES).bytes().remaining()).isEqualTo(7);
    }

    @Test
    void theWriterIsWokenForItsOwnWork() throws Exception {
        CompletableFuture<Piece> taken = inBackground(() -> queue.next(1_024, LONG));
        queue.wake();
        assertThat(taken.get(1, TimeUnit.MINUTES)).isNull();
    }

    @Test
    void aWakeBeforeTheWaitIsNotLost() throws InterruptedException {
        queue.wake();
        assertThat(queue.next(1_024, LONG)).isNull();
    }

    @Test
    void drainingWritesWhatIsQueuedAndThenEnds() throws InterruptedException {
        queue.offer(0, bulk, bytes(10));
        queue.drain();
        assertThat(queue.offer(0, bulk, bytes(10))).isEqualTo(SendResult.STALE);
        assertThat(queue.next(1_024, LONG).bytes().remaining()).isEqualTo(10);
        assertThat(queue.next(1_024, LONG)).isSameAs(Piece.END);
    }

    @Test
    void closingThrowsAwayWhatIsQueued() throws InterruptedException {
        queue.offer(0, bulk, bytes(10));
        queue.close();
        assertThat(queue.next(1_024, LONG)).isSameAs(Piece.END);
    }

    @Test
    void manyThreadsSendEveryMessageOnce() throws Exception {
        int senders = 4;
        int each = 2_000;
        ChannelDescriptor<BytesValue> wide = bulk.withOutbound(64, 1_000_000);
        CountDownLatch done = new CountDownLatch(senders);
        for (int s = 0; s < senders; s++) {
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < each; i++) {
                        if (queue.offer(0, wide, bytes(8), LONG) != SendResult.QUEUED) {
                            return;
                        }
                    }
                    done.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        for (int i = 0; i < senders * each; i++) {
            assertThat(queue.next(1_024, LONG)).isNotNull();
        }
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(queue.messages()).isEqualTo(senders * each);
        assertThat(queue.next(1_024, AT_ONCE)).isNull();
    }

    private List<Piece> drain(int maxBytes) throws InterruptedException {
        List<Piece> pieces = new ArrayList<>();
        Piece piece = queue.next(maxBytes, AT_ONCE);
        while (piece != null) {
            pieces.add(piece);
            piece = queue.next(maxBytes, AT_ONCE);
        }
        return pieces;
    }

    private void drainOneMessage(int maxBytes) throws InterruptedException {
        while (!queue.next(maxBytes, LONG).last()) {
            // the next slice
        }
    }

    private static byte[] join(List<Piece> pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Piece piece : pieces) {
            byte[] slice = new byte[piece.bytes().remaining()];
            piece.bytes().get(slice);
            out.writeBytes(slice);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> CompletableFuture<T> inBackground(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.run());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
