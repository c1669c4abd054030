package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.ChannelId;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.TransportException;
import org.jspecify.annotations.Nullable;

/** How long the unfinished message of each channel is, so that one without an end is noticed before it is passed on. */
final class MessageLengths {

    private int @Nullable [] unfinished;

    /**
     * Adds a packet's data.
     *
     * @param number the channel as sent, checked before it is narrowed (section 4.3)
     * @return the channel
     * @throws TransportException with {@code UNKNOWN_CHANNEL} or {@code TOO_LARGE}
     */
    ChannelId accept(int number, int bytes, boolean eof, InboundSink sink) throws TransportException {
        ChannelId channel = number >= 0 && number < ChannelId.COUNT ? new ChannelId(number) : null;
        int max = channel == null ? 0 : sink.maxMessageBytes(channel);
        if (channel == null || max == 0) {
            throw new TransportException(
                    Reason.UNKNOWN_CHANNEL, "the peer sent on channel " + number + ", which this node does not serve");
        }
        int before = unfinished == null ? 0 : unfinished[number];
        if (bytes > max - before) {
            throw new TransportException(
                    Reason.TOO_LARGE, "a message on channel " + channel + " has more than " + max + " bytes");
        }
        if (!eof || before > 0) {
            remember(number, eof ? 0 : before + bytes);
        }
        return channel;
    }

    private void remember(int number, int bytes) {
        if (unfinished == null) {
            unfinished = new int[ChannelId.COUNT];
        }
        unfinished[number] = bytes;
    }
}
