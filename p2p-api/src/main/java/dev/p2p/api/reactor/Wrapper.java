package dev.p2p.api.reactor;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.nio.ByteBuffer;

/**
 * Puts messages into an envelope with a {@code oneof}, and takes them out: the reactor sees the messages, the wire the
 * envelope.
 *
 * @param <E> the envelope
 */
public interface Wrapper<E extends Message> {

    /**
     * The envelope around a message.
     *
     * @throws IllegalArgumentException if the envelope has no case for it
     */
    E wrap(Message message);

    /**
     * The message in an envelope.
     *
     * @throws MalformedMessageException if no case is set, or one that this node does not know
     */
    Message unwrap(E envelope) throws MalformedMessageException;

    /** The codec of a channel that speaks this envelope. */
    static <E extends Message> MessageCodec<Message> codec(Parser<E> parser, Wrapper<E> wrapper) {
        MessageCodec<E> envelopes = MessageCodec.of(parser);
        return new MessageCodec<>() {
            @Override
            public byte[] encode(Message message) {
                return envelopes.encode(wrapper.wrap(message));
            }

            @Override
            public Message decode(ByteBuffer bytes) throws MalformedMessageException {
                return wrapper.unwrap(envelopes.decode(bytes));
            }
        };
    }
}
