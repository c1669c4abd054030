package dev.p2p.benchmarks;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.api.reactor.WhenFull;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * W4: one sender in a loop with the same message, counted at the receiver in a window after a warm-up. Here it goes through the
 * whole stack (encode, queue, decode, reactor), which is more than the connection layer that the original measures.
 */
final class Throughput {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int size;
    private final int warmUpSeconds;
    private final int seconds;

    Throughput(int size, int warmUpSeconds, int seconds) {
        this.size = size;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    ResultLine run() throws Exception {
        ChannelDescriptor<BytesValue> descriptor = ChannelDescriptor.of(0x30, "bench", BytesValue.parser())
                .withPriority(5)
                .withMaxMessageBytes(22_020_096)
                .withOutbound(1_000, 1L << 26)
                .withInbound(1_024, 8 << 20, WhenFull.PAUSE_PEER);
        LongAdder messages = new LongAdder();
        LongAdder bytes = new LongAdder();
        AtomicReference<Channel<BytesValue>> channel = new AtomicReference<>();
        ResultLine line =
                new ResultLine("throughput", "lifted").set("size", size).set("warmupSec", warmUpSeconds);
        try (NodePair nodes = new NodePair(
                setup -> {
                    channel.set(setup.open(descriptor));
                    return event -> {};
                },
                setup -> {
                    setup.open(descriptor);
                    return event -> {
                        if (event instanceof Received(var _, var _, BytesValue value)) {
                            messages.increment();
                            bytes.add(value.getValue().size());
                        }
                    };
                })) {
            BytesValue message = BytesValue.of(ByteString.copyFrom(new byte[size]));
            var peer = nodes.receiverRef();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    while (channel.get().send(peer, message, PATIENCE) == SendResult.QUEUED) {
                        // the next one
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            TimeUnit.SECONDS.sleep(warmUpSeconds);
            ResultLine.Process.Cpu cpuBefore = ResultLine.Process.cpu();
            long began = System.nanoTime();
            long messagesBefore = messages.sum();
            long bytesBefore = bytes.sum();
            TimeUnit.SECONDS.sleep(seconds);
            long messagesAfter = messages.sum();
            long bytesAfter = bytes.sum();
            double elapsed = (System.nanoTime() - began) / 1e9;
            ResultLine.Process.Cpu cpu = ResultLine.Process.cpu().since(cpuBefore);
            sender.interrupt();
            return line.throughput(elapsed, messagesAfter - messagesBefore, bytesAfter - bytesBefore, cpu);
        }
    }
}
