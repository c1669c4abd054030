package dev.p2p.benchmarks;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.api.reactor.WhenFull;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * W2b: 1 GiB of messages through the whole stack, each built anew with a time stamp; the receiver copies the payload out and
 * counts on a thread of its own. The queue is bounded to 64 MiB. As much again goes before, for the compilers to warm up.
 */
final class SendDrain {

    private static final long TOTAL_BYTES = 1L << 30;
    private static final long WARM_UP_BYTES = TOTAL_BYTES;
    private static final long QUEUE_BYTES = 1L << 26;
    private static final int STAMP_BYTES = 8;
    private static final int LIMIT_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int size;
    private final int senders;

    private record Arrival(long waitNanos, int bytes) {}

    private record Drained(long refused, List<Long> waits) {}

    SendDrain(int size, int senders) {
        this.size = size;
        this.senders = senders;
    }

    ResultLine run() throws Exception {
        int messages = (int) (TOTAL_BYTES / size);
        ChannelDescriptor<BytesValue> descriptor = ChannelDescriptor.of(0x7a, "bench", BytesValue.parser())
                .withMaxMessageBytes(size + 1_024)
                .withOutbound((int) Math.max(16, QUEUE_BYTES / size), QUEUE_BYTES)
                .withInbound(1_024, 8 << 20, WhenFull.PAUSE_PEER);
        ArrayBlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(1_000_000);
        AtomicReference<Channel<BytesValue>> channel = new AtomicReference<>();
        ResultLine line =
                new ResultLine("send-drain", "bounded").set("size", size).set("senders", senders);
        try (NodePair nodes = new NodePair(
                setup -> {
                    channel.set(setup.open(descriptor));
                    return event -> {};
                },
                setup -> {
                    setup.open(descriptor);
                    return event -> {
                        if (event instanceof Received(var _, var _, BytesValue value)) {
                            arrivals.put(arrival(value));
                        }
                    };
                })) {
            byte[] payload = new byte[size];
            new SplittableRandom(1).nextBytes(payload);
            drain(channel.get(), nodes, payload, (int) (WARM_UP_BYTES / size), arrivals);
            ResultLine.Process.Cpu before = ResultLine.Process.cpu();
            long began = System.nanoTime();
            Drained drained = drain(channel.get(), nodes, payload, messages, arrivals);
            double seconds = (System.nanoTime() - began) / 1e9;
            line.set("warmupBytes", WARM_UP_BYTES).set("sendFailed", drained.refused);
            line.throughput(
                    seconds,
                    messages,
                    (long) messages * size,
                    ResultLine.Process.cpu().since(before));
            return line.waits(drained.waits);
        }
    }

    /** Sends so many messages and waits until all have arrived. */
    private Drained drain(
            Channel<BytesValue> channel,
            NodePair nodes,
            byte[] payload,
            int messages,
            ArrayBlockingQueue<Arrival> arrivals)
            throws InterruptedException {
        List<Long> waits = new ArrayList<>(messages);
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> count(arrivals, messages, waits, done));
        long refused = sendAll(channel, nodes, payload, messages);
        if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(refused + " messages were refused and others did not arrive");
        }
        return new Drained(refused, waits);
    }

    private long sendAll(Channel<BytesValue> channel, NodePair nodes, byte[] payload, int messages)
            throws InterruptedException {
        var peer = nodes.receiverRef();
        long refused = 0;
        for (int sent = 0; sent < messages; sent += senders) {
            CountDownLatch round = new CountDownLatch(senders - 1);
            for (int other = 1; other < senders; other++) {
                Thread.ofVirtual().start(() -> {
                    try {
                        channel.send(peer, message(payload), PATIENCE);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    round.countDown();
                });
            }
            if (channel.send(peer, message(payload), PATIENCE) != SendResult.QUEUED) {
                refused++;
            }
            round.await();
        }
        return refused;
    }

    private static BytesValue message(byte[] payload) {
        ByteBuffer content = ByteBuffer.allocate(STAMP_BYTES + payload.length)
                .putLong(System.nanoTime())
                .put(payload)
                .flip();
        return BytesValue.of(ByteString.copyFrom(content));
    }

    private static Arrival arrival(BytesValue value) {
        byte[] payload = value.getValue().substring(STAMP_BYTES).toByteArray();
        long sent = value.getValue().asReadOnlyByteBuffer().getLong();
        return new Arrival(System.nanoTime() - sent, payload.length);
    }

    private static void count(
            ArrayBlockingQueue<Arrival> arrivals, int messages, List<Long> waits, CountDownLatch drained) {
        try {
            for (int i = 0; i < messages; i++) {
                waits.add(arrivals.take().waitNanos);
            }
            drained.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
