package dev.p2p.router.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BytesValue;
import dev.p2p.api.ChannelId;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.api.transport.Piece;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A queue under random load, and beside it what must be in it. */
final class QueueModel {

    static final int CHANNELS = 6;
    static final int PIECE_BYTES = 1_024;

    /** What the writer takes under one hold of the lock has left the bounded queue: so many pieces, and bytes. */
    private static final int BATCH_PIECES = 16;

    private static final int BATCH_BYTES = 16 * 1_024;

    private final SplittableRandom random;
    final OutboundQueue queue = new OutboundQueue(CHANNELS);
    final List<ChannelDescriptor<BytesValue>> channels = new ArrayList<>();
    final Map<ChannelId, ArrayDeque<byte[]>> waiting = new HashMap<>();
    private final Map<ChannelId, ByteArrayOutputStream> parts = new HashMap<>();
    long queued;
    long queuedBytes;

    QueueModel(int seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < CHANNELS; i++) {
            channels.add(
                    channel(i, random.nextInt(1, 20), random.nextInt(1, 20_000)).withPriority(random.nextInt(1, 20)));
            waiting.put(new ChannelId(i), new ArrayDeque<>());
            parts.put(new ChannelId(i), new ByteArrayOutputStream());
        }
    }

    static ChannelDescriptor<BytesValue> channel(int number, int messages, int bytes) {
        return ChannelDescriptor.of(number, "channel-" + number, BytesValue.parser())
                .withOutbound(messages, bytes);
    }

    void play(int steps) throws InterruptedException {
        for (int i = 0; i < steps; i++) {
            for (int n = random.nextInt(8); n > 0; n--) {
                offer(random.nextInt(CHANNELS));
            }
            for (int n = random.nextInt(8); n > 0; n--) {
                Piece piece = queue.next(random.nextInt(1, 2_000), Duration.ZERO);
                if (piece != null) {
                    taken(piece);
                }
            }
            assertWithinBounds();
        }
    }

    void fill() {
        for (int c = 0; c < CHANNELS; c++) {
            while (offer(c) == SendResult.QUEUED) {
                // until it is full
            }
        }
    }

    void takeUntilTheEnd() throws InterruptedException {
        Piece piece = queue.next(PIECE_BYTES, Duration.ZERO);
        while (piece != Piece.END) {
            taken(piece);
            piece = queue.next(PIECE_BYTES, Duration.ZERO);
        }
    }

    private SendResult offer(int channel) {
        byte[] message = new byte[random.nextInt(4) == 0 ? random.nextInt(30_000) : random.nextInt(500)];
        Arrays.fill(message, (byte) queued);
        SendResult result = queue.offer(channel, channels.get(channel), message);
        if (result == SendResult.QUEUED) {
            waiting.get(new ChannelId(channel)).addLast(message);
            queued++;
            queuedBytes += message.length;
        } else {
            assertThat(result).isEqualTo(SendResult.FULL);
        }
        return result;
    }

    private void taken(Piece piece) {
        ByteArrayOutputStream part = parts.get(piece.channel());
        byte[] bytes = new byte[piece.bytes().remaining()];
        piece.bytes().get(bytes);
        part.writeBytes(bytes);
        if (piece.last()) {
            assertThat(part.toByteArray())
                    .isEqualTo(waiting.get(piece.channel()).removeFirst());
            part.reset();
        }
    }

    private void assertWithinBounds() {
        for (ChannelDescriptor<BytesValue> channel : channels) {
            ArrayDeque<byte[]> messages = waiting.get(channel.id());
            long bytes = messages.stream().mapToLong(message -> message.length).sum();
            long longest =
                    messages.stream().mapToLong(message -> message.length).max().orElse(0);
            assertThat(messages).hasSizeLessThanOrEqualTo(channel.outbound().messages() + BATCH_PIECES);
            assertThat(bytes)
                    .isLessThanOrEqualTo(Math.max(channel.outbound().bytes(), longest) + BATCH_BYTES + 2_000 + longest);
        }
    }
}
