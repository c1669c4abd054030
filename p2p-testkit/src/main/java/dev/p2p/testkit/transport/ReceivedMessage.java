package dev.p2p.testkit.transport;

import dev.p2p.api.ChannelId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A message as it arrived, all its slices put together.
 *
 * @param channel the message's channel
 * @param bytes its content, read-only; two are equal if their remaining bytes are
 */
public record ReceivedMessage(ChannelId channel, ByteBuffer bytes) {

    public ReceivedMessage {
        bytes = bytes.asReadOnlyBuffer();
    }

    /** The message that consists of these bytes. */
    public static ReceivedMessage of(ChannelId channel, byte[] bytes) {
        return new ReceivedMessage(channel, ByteBuffer.wrap(bytes));
    }

    /** Channel, length and a hash: enough to tell two messages apart in a failure without printing a megabyte. */
    @Override
    public String toString() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return String.format("channel %s, %d bytes #%08x", channel, copy.length, Arrays.hashCode(copy));
    }
}
