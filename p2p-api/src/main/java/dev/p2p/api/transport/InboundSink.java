package dev.p2p.api.transport;

import dev.p2p.api.ChannelId;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a connection's reader puts what it read. The platform implements it; called by the reading thread only. */
public interface InboundSink {

    /**
     * Takes a slice of a message. May block while the receiver is overloaded.
     *
     * @param channel the message's channel
     * @param bytes the slice: position to limit. It stays the caller's and is not touched after the call returns
     * @param last whether the message ends with this slice
     * @throws TransportException if the peer broke a rule, or this side wants to end the connection; the reader passes it on
     */
    void piece(ChannelId channel, ByteBuffer bytes, boolean last) throws IOException, InterruptedException;

    /**
     * The longest message that is accepted on a channel.
     *
     * @return the limit in bytes, 0 if this node does not serve the channel
     */
    int maxMessageBytes(ChannelId channel);
}
