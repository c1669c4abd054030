package dev.p2p.interop;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.CodedOutputStream;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.reactor.SendResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;

/** Says in the log how much passed, and how long it took. */
final class BulkReactor implements Reactor {

    private static final System.Logger LOG = System.getLogger(BulkReactor.class.getName());

    /** Answers with a block are at least this long; everything shorter on the channel is something else. */
    private static final int LEAST_BLOCK = 100_000;

    private final Map<String, String> settings;
    private final Channel<BytesValue> blocks;
    private final Channel<BytesValue> transactions;
    private final int fetch;
    private final int pauseAfter;
    private long began;
    private long bytes;
    private int fetched;

    BulkReactor(ReactorSetup setup, Channel<BytesValue> blocks, Channel<BytesValue> transactions) {
        this.settings = setup.settings();
        this.blocks = blocks;
        this.transactions = transactions;
        this.fetch = number("fetch");
        this.pauseAfter = number("pause-after");
    }

    @Override
    public void on(ReactorEvent event) throws Exception {
        switch (event) {
            case PeerUp up -> {
                began = System.nanoTime();
                for (int i = 0; i < fetch; i++) {
                    blocks.send(up.peer(), BytesValue.of(request(number("height"))));
                }
                Thread.ofVirtual().start(() -> push(up.peer()));
            }
            case Received(var _, var channel, BytesValue block)
                when channel.equals(blocks.descriptor().id()) && block.getValue().size() >= LEAST_BLOCK ->
                received(block.getValue().size());
            default -> {}
        }
    }

    private void received(int size) throws InterruptedException {
        fetched++;
        bytes += size;
        if (fetched == pauseAfter) {
            LOG.log(Level.INFO, "bulk: reads nothing for " + number("pause-seconds") + " s");
            Thread.sleep(Duration.ofSeconds(number("pause-seconds")));
            LOG.log(Level.INFO, "bulk: reads again");
        }
        if (fetched == fetch) {
            tell("fetched", fetched, bytes, began);
        }
    }

    private void push(PeerRef peer) {
        int count = number("push");
        byte[] transaction = transaction(number("push-bytes"));
        long start = System.nanoTime();
        try {
            for (int i = 0; i < count; i++) {
                SendResult result =
                        transactions.send(peer, BytesValue.of(ByteString.copyFrom(transaction)), Duration.ofMinutes(5));
                if (result != SendResult.QUEUED) {
                    LOG.log(Level.ERROR, "bulk: pushing ended: " + result);
                    return;
                }
            }
        } catch (InterruptedException e) {
            return;
        }
        if (count > 0) {
            tell("pushed", count, (long) count * transaction.length, start);
        }
    }

    private static void tell(String what, int messages, long bytes, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        LOG.log(
                Level.INFO,
                "bulk: %s %d messages, %d bytes, %.1f s, %.2f MB/s"
                        .formatted(what, messages, bytes, seconds, bytes / 1e6 / seconds));
    }

    /** {@code Message{block_request: {height}}} of block sync. */
    private static ByteString request(int height) {
        return ByteString.copyFrom(nested(1, varint(1, height)));
    }

    /** {@code Message{txs: {txs: [..]}}} of the mempool, with a transaction that the kvstore application refuses. */
    private static byte[] transaction(int size) {
        return nested(1, nested(1, new byte[size]));
    }

    private static byte[] varint(int field, int value) {
        return written(out -> out.writeInt64(field, value));
    }

    private static byte[] nested(int field, byte[] inner) {
        return written(out -> out.writeByteArray(field, inner));
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            writing.to(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int number(String setting) {
        return Integer.parseInt(settings.getOrDefault(setting, "0"));
    }
}
