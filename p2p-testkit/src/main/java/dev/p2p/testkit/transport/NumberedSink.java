package dev.p2p.testkit.transport;

import dev.p2p.api.ChannelId;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.TransportException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** Takes nothing until it is opened, and then exactly the messages of a {@link NumberedSource}. */
final class NumberedSink implements InboundSink {

    private final int size;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile int complete;
    private int offset;

    NumberedSink(int size) {
        this.size = size;
    }

    /** Lets the reader go on. */
    void open() {
        opened.countDown();
    }

    /** Counts down when the reader has reached this sink. */
    CountDownLatch reached() {
        return reached;
    }

    /** How many messages have come. */
    int complete() {
        return complete;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, another one looks
    public void piece(ChannelId channel, ByteBuffer bytes, boolean last)
            throws TransportException, InterruptedException {
        reached.countDown();
        opened.await();
        int length = bytes.remaining();
        ByteBuffer expected = ByteBuffer.wrap(NumberedSource.message(complete, size));
        boolean fits = offset + length <= size && last == (offset + length == size);
        if (!fits || !bytes.equals(expected.slice(offset, length))) {
            throw new TransportException(Reason.UNDECODABLE_MESSAGE, "message " + complete + " is not as it was sent");
        }
        offset = last ? 0 : offset + length;
        if (last) {
            complete++;
        }
    }

    @Override
    public int maxMessageBytes(ChannelId channel) {
        return channel.equals(TestNode.FIRST) ? size : 0;
    }
}
