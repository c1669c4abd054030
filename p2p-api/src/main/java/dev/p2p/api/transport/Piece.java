package dev.p2p.api.transport;

import dev.p2p.api.ChannelId;
import java.nio.ByteBuffer;

/**
 * A slice of a message on its way out.
 *
 * @param channel the message's channel
 * @param bytes the slice: position to limit. It stays the source's; it is valid until the next call of
 *     {@link OutboundSource#next}, and its content must not be changed
 * @param last whether the message ends with this slice
 */
public record Piece(ChannelId channel, ByteBuffer bytes, boolean last) {

    /** Nothing will follow: flush, and return from {@link Connection#write}. */
    public static final Piece END = new Piece(new ChannelId(0), ByteBuffer.allocate(0), true);
}
