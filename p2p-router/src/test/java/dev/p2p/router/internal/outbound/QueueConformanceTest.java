package dev.p2p.router.internal.outbound;

import static dev.p2p.router.internal.outbound.QueueModel.CHANNELS;
import static dev.p2p.router.internal.outbound.QueueModel.PIECE_BYTES;
import static dev.p2p.router.internal.outbound.QueueModel.channel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.BytesValue;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.api.transport.Piece;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a queue owes under load, random ones among them; one thread adds and takes, so the same seed always does the same. */
class QueueConformanceTest {

    @Test
    @DisplayName("QU-10: six channels of equal weight that all lose messages lose as many, to within two in a hundred")
    void equalWeightsLoseEqually() throws InterruptedException {
        int[] taken = overload(new int[] {1, 1, 1, 1, 1, 1}, 5, 20_000);
        double mean = Arrays.stream(taken).average().orElseThrow();
        double spread = Math.sqrt(Arrays.stream(taken)
                .mapToDouble(n -> (n - mean) * (n - mean))
                .average()
                .orElseThrow());
        assertThat(Arrays.stream(taken)).allMatch(n -> n > 0 && n < 20_000);
        assertThat(spread / mean).isLessThan(0.02);
    }

    @Test
    @DisplayName("QU-11: with weights 18, 10, 2, 1, 1, 1 the heavier never does worse, and the light ones lose")
    void heavierChannelsLoseLess() throws InterruptedException {
        int[] taken = overload(new int[] {18, 10, 2, 1, 1, 1}, PIECE_BYTES, 2_000);
        for (int i = 0; i < CHANNELS; i++) {
            assertThat(taken[0]).isGreaterThanOrEqualTo(taken[i]);
        }
        assertThat(Arrays.stream(taken, 2, CHANNELS)).allMatch(n -> n <= taken[1]);
        assertThat(Arrays.stream(taken, 3, CHANNELS)).allMatch(n -> n <= taken[2] && n > 0 && n < 2_000);
    }

    @Test
    @DisplayName(
            "A-18 QU-13: in every window a channel gets its share of the bytes, the lightest beside full ones as well")
    void everyWindowHoldsEachShare() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(18);
        for (int run = 0; run < 20; run++) {
            List<ChannelDescriptor<BytesValue>> channels = new ArrayList<>();
            long weights = 0;
            for (int i = 0; i < CHANNELS; i++) {
                int weight = i == 0 ? 1 : random.nextInt(1, 21);
                weights += weight;
                channels.add(channel(i, 100, 1 << 20).withPriority(weight));
            }
            OutboundQueue queue = new OutboundQueue(CHANNELS);
            List<long[]> sums = new ArrayList<>();
            sums.add(new long[CHANNELS + 1]);
            for (int i = 0; i < 4_000; i++) {
                for (int c = 0; c < CHANNELS; c++) {
                    while (queue.offer(c, channels.get(c), new byte[random.nextInt(1, 5_000)]) == SendResult.QUEUED) {
                        // every channel is full all the time
                    }
                }
                Piece piece = queue.next(PIECE_BYTES, Duration.ZERO);
                long[] sum = sums.getLast().clone();
                sum[piece.channel().value()] += piece.bytes().remaining();
                sum[CHANNELS] += piece.bytes().remaining();
                sums.add(sum);
            }
            for (int i = 0; i < 2_000; i++) {
                int from = random.nextInt(sums.size());
                int to = random.nextInt(from, sums.size());
                long all = sums.get(to)[CHANNELS] - sums.get(from)[CHANNELS];
                for (int c = 0; c < CHANNELS; c++) {
                    long weight = channels.get(c).priority();
                    long got = sums.get(to)[c] - sums.get(from)[c];
                    // A window may begin after one turn of the channel and end before another.
                    assertThat(got).isGreaterThan(all * weight / weights - 2 * (weight + 1) * PIECE_BYTES);
                }
            }
            assertThat(sums.getLast()[0]).as("the lightest").isPositive();
        }
    }

    @Test
    @DisplayName(
            "A-15 A-16 QU-12: whatever the load, a channel's messages come out whole and in their order; none is lost or counted twice")
    void randomLoadKeepsEveryMessageInOrder() throws InterruptedException {
        for (int seed = 0; seed < 100; seed++) {
            QueueModel model = new QueueModel(seed);
            model.play(300);
            model.queue.drain();
            model.takeUntilTheEnd();
            assertThat(model.waiting.values()).allMatch(ArrayDeque::isEmpty);
            assertThat(model.queue.messages()).isEqualTo(model.queued);
            assertThat(model.queue.bytes()).isEqualTo(model.queuedBytes);
        }
    }

    @Test
    @DisplayName(
            "A-16 QU-08: what waits when a full queue is closed is thrown away, and what came out before is all that counts")
    void closingThrowsTheRestAway() throws InterruptedException {
        for (int seed = 100; seed < 200; seed++) {
            QueueModel model = new QueueModel(seed);
            model.play(300);
            model.fill();
            model.queue.close();
            model.takeUntilTheEnd();
            long discarded =
                    model.waiting.values().stream().mapToInt(ArrayDeque::size).sum();
            assertThat(discarded).isPositive();
            assertThat(model.queue.messages()).isEqualTo(model.queued - discarded);
            assertThat(model.queue.offer(0, model.channels.get(0), new byte[1])).isEqualTo(SendResult.STALE);
        }
    }

    @Test
    @DisplayName(
            "A-17 QU-14: whatever the load, no channel holds more messages or bytes than it may, or one message of any length")
    void randomLoadStaysWithinBounds() throws InterruptedException {
        for (int seed = 200; seed < 300; seed++) {
            new QueueModel(seed).play(300);
        }
    }

    @Test
    @DisplayName("QU-14: a wide bound costs nothing until it is used")
    void aWideBoundCostsNothing() {
        for (int i = 0; i < 10_000; i++) {
            OutboundQueue queue = new OutboundQueue(1);
            assertThat(queue.offer(0, channel(0, Integer.MAX_VALUE, Integer.MAX_VALUE), new byte[1]))
                    .isEqualTo(SendResult.QUEUED);
        }
    }

    @Test
    @DisplayName("CH-03: an interrupt ends a patient send, before it waits and while it does, and nothing was queued")
    void anInterruptEndsAPatientSend() throws Exception {
        ChannelDescriptor<BytesValue> one = channel(0, 1, 10);
        OutboundQueue queue = new OutboundQueue(1);
        assertThat(queue.offer(0, one, new byte[1])).isEqualTo(SendResult.QUEUED);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.offer(0, one, new byte[2], Duration.ofDays(1)))
                .isInstanceOf(InterruptedException.class);

        CompletableFuture<SendResult> sent = new CompletableFuture<>();
        Thread sender = Thread.ofPlatform().start(() -> {
            try {
                sent.complete(queue.offer(0, one, new byte[3], Duration.ofDays(1)));
            } catch (InterruptedException e) {
                sent.completeExceptionally(e);
            }
        });
        while (sender.getState() != Thread.State.TIMED_WAITING) {
            assertThat(sender.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        sender.interrupt();
        assertThatThrownBy(() -> sent.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);

        queue.drain();
        assertThat(queue.next(PIECE_BYTES, Duration.ZERO).bytes().remaining()).isEqualTo(1);
        assertThat(queue.next(PIECE_BYTES, Duration.ZERO)).isSameAs(Piece.END);
    }

    /** Offers a message on each channel and takes three, again and again, and counts what was taken in of each channel. */
    private static int[] overload(int[] weights, int bytes, int rounds) throws InterruptedException {
        OutboundQueue queue = new OutboundQueue(CHANNELS);
        List<ChannelDescriptor<BytesValue>> channels = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            channels.add(channel(i, 20, 1 << 20).withPriority(weights[i]));
        }
        int[] taken = new int[CHANNELS];
        int[] out = new int[CHANNELS];
        for (int i = 0; i < rounds; i++) {
            for (int c = 0; c < CHANNELS; c++) {
                taken[c] += queue.offer(c, channels.get(c), new byte[bytes]) == SendResult.QUEUED ? 1 : 0;
            }
            for (int n = 0; n < 3; n++) {
                Piece piece = queue.next(PIECE_BYTES, Duration.ZERO);
                out[piece.channel().value()]++;
            }
        }
        for (Piece piece = queue.next(PIECE_BYTES, Duration.ZERO);
                piece != null;
                piece = queue.next(PIECE_BYTES, Duration.ZERO)) {
            out[piece.channel().value()]++;
        }
        assertThat(out).as("all that was taken in comes out").isEqualTo(taken);
        return taken;
    }
}
