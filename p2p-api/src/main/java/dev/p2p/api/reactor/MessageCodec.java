package dev.p2p.api.reactor;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.nio.ByteBuffer;

/**
 * Between a channel's messages and their bytes. Stateless and safe to use from every thread.
 *
 * @param <M> the type of message
 */
public interface MessageCodec<M extends Message> {

    /** The message's bytes in a new array, which belongs to the caller. */
    byte[] encode(M message);

    /**
     * Reads a message.
     *
     * @param bytes position to limit, heap or direct; may be reused after the call returns, so the message must not refer
     *     to it
     * @throws MalformedMessageException if the bytes are not such a message. The connection ends
     */
    M decode(ByteBuffer bytes) throws MalformedMessageException;

    /** The codec of a plain protobuf message. */
    static <M extends Message> MessageCodec<M> of(Parser<M> parser) {
        return new MessageCodec<>() {
            @Override
            public byte[] encode(M message) {
                return message.toByteArray();
            }

            @Override
            public M decode(ByteBuffer bytes) throws MalformedMessageException {
                try {
                    return parser.parseFrom(bytes);
                } catch (InvalidProtocolBufferException e) {
                    throw new MalformedMessageException("not a message of this channel: " + e.getMessage(), e);
                }
            }
        };
    }
}
