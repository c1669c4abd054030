package dev.p2p.testkit.transport;

import dev.p2p.api.ChannelId;
import dev.p2p.api.transport.Piece;
import java.nio.ByteBuffer;

/** A message on its way through a {@link QueuedSource}, and a copy of it that no transport ever sees. */
final class OutgoingMessage {

    private final ChannelId channel;
    private final ByteBuffer bytes;
    private final ByteBuffer original;
    private int from;
    private int next;

    OutgoingMessage(ChannelId channel, ByteBuffer message) {
        this.channel = channel;
        this.bytes = message.slice();
        this.original =
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    ChannelId channel() {
        return channel;
    }

    /** The next slice, at most so long. */
    Piece slice(int maxBytes) {
        int length = Math.min(maxBytes, bytes.limit() - next);
        ByteBuffer slice = bytes.slice(next, length);
        from = next;
        next += length;
        return new Piece(channel, slice, next == bytes.limit());
    }

    /** Fails a transport that wrote into the slice it was lent last. */
    void requireUnchanged() {
        if (!bytes.slice(from, next - from).equals(original.slice(from, next - from))) {
            throw new IllegalStateException("the writer changed the bytes of a message on channel " + channel);
        }
    }
}
