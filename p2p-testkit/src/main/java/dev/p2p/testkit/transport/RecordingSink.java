package dev.p2p.testkit.transport;

import dev.p2p.api.ChannelId;
import dev.p2p.api.transport.InboundSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps what a connection's reader hands on. One thread reads into it; every other method may come from any thread. */
public final class RecordingSink implements InboundSink {

    /** The longest message on the two channels that a {@link TestNode} serves, unless a test says otherwise. */
    public static final int MAX_MESSAGE_BYTES = 4 * 1_024 * 1_024;

    private final Map<ChannelId, Integer> limits;
    private final Hook hook;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Map<ChannelId, ByteArrayOutputStream> unfinished = new HashMap<>();
    private final List<ReceivedMessage> messages = new ArrayList<>();
    private int longest;

    /** Is asked before a slice is recorded. */
    @FunctionalInterface
    public interface Hook {

        /** Takes note, blocks, or throws to refuse the slice. */
        void piece(ChannelId channel, int bytes, boolean last) throws IOException, InterruptedException;
    }

    /** A sink that takes everything on a test node's channels. */
    public RecordingSink() {
        this((channel, bytes, last) -> {});
    }

    /** A sink on a test node's channels with something to say. */
    public RecordingSink(Hook hook) {
        this(Map.of(TestNode.FIRST, MAX_MESSAGE_BYTES, TestNode.SECOND, MAX_MESSAGE_BYTES), hook);
    }

    /** @param limits the longest message on each channel that is served */
    public RecordingSink(Map<ChannelId, Integer> limits, Hook hook) {
        this.limits = Map.copyOf(limits);
        this.hook = hook;
    }

    @Override
    public void piece(ChannelId channel, ByteBuffer bytes, boolean last) throws IOException, InterruptedException {
        hook.piece(channel, bytes.remaining(), last);
        lock.lock();
        try {
            ByteArrayOutputStream message = unfinished.computeIfAbsent(channel, c -> new ByteArrayOutputStream());
            byte[] slice = new byte[bytes.remaining()];
            bytes.get(slice);
            message.writeBytes(slice);
            longest = Math.max(longest, message.size());
            if (last) {
                unfinished.remove(channel);
                messages.add(ReceivedMessage.of(channel, message.toByteArray()));
                grown.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int maxMessageBytes(ChannelId channel) {
        return limits.getOrDefault(channel, 0);
    }

    /** The complete messages so far, in the order of their last slices. */
    public List<ReceivedMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /** The complete messages of one channel so far, in order. */
    public List<ReceivedMessage> messages(ChannelId channel) {
        return messages().stream()
                .filter(message -> message.channel().equals(channel))
                .toList();
    }

    /**
     * Waits for messages.
     *
     * @param count how many complete messages there are to be in all
     * @return all complete messages so far, at least that many
     * @throws AssertionError if they do not come
     */
    public List<ReceivedMessage> await(int count, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (messages.size() < count) {
                if (left <= 0) {
                    throw new AssertionError("only " + messages.size() + " of " + count + " messages came within "
                            + patience + "; unfinished: " + unfinished.keySet());
                }
                left = grown.awaitNanos(left);
            }
            return List.copyOf(messages);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted while it waited for messages", e);
        } finally {
            lock.unlock();
        }
    }

    /** The most bytes that came of any one message, complete or not. */
    public int longest() {
        lock.lock();
        try {
            return longest;
        } finally {
            lock.unlock();
        }
    }
}
