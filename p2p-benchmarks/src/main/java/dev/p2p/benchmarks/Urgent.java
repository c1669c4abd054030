package dev.p2p.benchmarks;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.api.reactor.WhenFull;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** W7: a 100-byte message of priority 10 every 10 ms, alone or beside 64 KiB messages of priority 1 without pause. */
final class Urgent {

    private static final int URGENT_BYTES = 100;
    private static final int BULK_BYTES = 65_536;
    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final boolean bulk;

    Urgent(boolean bulk) {
        this.bulk = bulk;
    }

    ResultLine run() throws Exception {
        ChannelDescriptor<BytesValue> bulkChannel = ChannelDescriptor.of(0x30, "bulk", BytesValue.parser())
                .withOutbound(100, 1L << 26)
                .withInbound(100, 8 << 20, WhenFull.PAUSE_PEER);
        ChannelDescriptor<BytesValue> urgentChannel = ChannelDescriptor.of(0x22, "urgent", BytesValue.parser())
                .withPriority(10)
                .withOutbound(100, 1 << 20);
        List<Long> waits = new CopyOnWriteArrayList<>();
        LongAdder bulkBytes = new LongAdder();
        AtomicReference<Channel<BytesValue>> urgentOut = new AtomicReference<>();
        AtomicReference<Channel<BytesValue>> bulkOut = new AtomicReference<>();
        ResultLine line = new ResultLine("urgent", "lifted").set("bulk", bulk).set("size", URGENT_BYTES);
        try (NodePair nodes = new NodePair(
                setup -> {
                    bulkOut.set(setup.open(bulkChannel));
                    urgentOut.set(setup.open(urgentChannel));
                    return event -> {};
                },
                setup -> {
                    setup.open(bulkChannel);
                    setup.open(urgentChannel);
                    return event -> {
                        if (event instanceof Received(var _, var channel, BytesValue value)) {
                            if (channel.equals(urgentChannel.id())) {
                                long sent =
                                        value.getValue().asReadOnlyByteBuffer().getLong();
                                waits.add(System.nanoTime() - sent);
                            } else {
                                bulkBytes.add(value.getValue().size());
                            }
                        }
                    };
                })) {
            var peer = nodes.receiverRef();
            Thread bulkSender = Thread.ofVirtual().unstarted(() -> sendBulk(bulkOut.get(), peer));
            if (bulk) {
                bulkSender.start();
            }
            sendUrgent(urgentOut.get(), peer, WARM_UP_SECONDS);
            waits.clear();
            ResultLine.Process.Cpu before = ResultLine.Process.cpu();
            long bytesBefore = bulkBytes.sum();
            long began = System.nanoTime();
            sendUrgent(urgentOut.get(), peer, SECONDS);
            double seconds = (System.nanoTime() - began) / 1e9;
            line.set("bulkMbPerSec", ResultLine.round((bulkBytes.sum() - bytesBefore) / 1e6 / seconds));
            ResultLine.Process.Cpu cpu = ResultLine.Process.cpu().since(before);
            line.set("cpuUser", ResultLine.round(cpu.user())).set("cpuSys", ResultLine.round(cpu.system()));
            bulkSender.interrupt();
            return line.waits(waits);
        }
    }

    private static void sendUrgent(Channel<BytesValue> channel, PeerRef peer, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            ByteBuffer content = ByteBuffer.allocate(URGENT_BYTES).putLong(0, System.nanoTime());
            channel.send(peer, BytesValue.of(ByteString.copyFrom(content)), PATIENCE);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static void sendBulk(Channel<BytesValue> channel, PeerRef peer) {
        BytesValue message = BytesValue.of(ByteString.copyFrom(new byte[BULK_BYTES]));
        try {
            while (channel.send(peer, message, PATIENCE) == SendResult.QUEUED) {
                // the next one
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
