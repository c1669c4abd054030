package dev.p2p.api.reactor;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.p2p.api.ChannelId;

/**
 * A channel, declared by the reactor that serves it.
 *
 * @param id the channel's number on the wire
 * @param name for metrics and screens, lower case
 * @param codec between messages and bytes
 * @param priority the channel's share when several have something to send, 1 to 100
 * @param maxMessageBytes the longest encoded message in either direction, at least 1
 * @param outbound how much may wait to be written, for each connection
 * @param inbound how much may wait for the reactor, for each connection
 * @param whenInboundFull what happens when the inbound limit is reached
 */
public record ChannelDescriptor<M extends Message>(
        ChannelId id,
        String name,
        MessageCodec<M> codec,
        int priority,
        int maxMessageBytes,
        QueueLimit outbound,
        QueueLimit inbound,
        WhenFull whenInboundFull) {

    /** The largest priority. */
    public static final int MAX_PRIORITY = 100;

    public ChannelDescriptor {
        if (priority < 1 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("a priority is 1 to " + MAX_PRIORITY + ", not " + priority);
        }
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("a channel's messages have at least 1 byte, not " + maxMessageBytes);
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("a channel has a name");
        }
    }

    /**
     * A channel with common limits: priority 1, 1 MiB a message, queues of 128 messages or the larger of 1 MiB and two of
     * the longest messages, and a pause of the peer when the reactor is behind.
     */
    public static <M extends Message> ChannelDescriptor<M> of(int id, String name, Parser<M> parser) {
        return of(id, name, MessageCodec.of(parser));
    }

    /** The same for a codec of one's own. */
    public static <M extends Message> ChannelDescriptor<M> of(int id, String name, MessageCodec<M> codec) {
        int maxMessageBytes = 1 << 20;
        QueueLimit limit = new QueueLimit(128, 2L * maxMessageBytes);
        return new ChannelDescriptor<>(
                new ChannelId(id), name, codec, 1, maxMessageBytes, limit, limit, WhenFull.PAUSE_PEER);
    }

    public ChannelDescriptor<M> withPriority(int value) {
        return new ChannelDescriptor<>(id, name, codec, value, maxMessageBytes, outbound, inbound, whenInboundFull);
    }

    public ChannelDescriptor<M> withMaxMessageBytes(int value) {
        return new ChannelDescriptor<>(id, name, codec, priority, value, outbound, inbound, whenInboundFull);
    }

    public ChannelDescriptor<M> withOutbound(int messages, long bytes) {
        QueueLimit limit = new QueueLimit(messages, bytes);
        return new ChannelDescriptor<>(id, name, codec, priority, maxMessageBytes, limit, inbound, whenInboundFull);
    }

    public ChannelDescriptor<M> withInbound(int messages, long bytes, WhenFull whenFull) {
        QueueLimit limit = new QueueLimit(messages, bytes);
        return new ChannelDescriptor<>(id, name, codec, priority, maxMessageBytes, outbound, limit, whenFull);
    }
}
