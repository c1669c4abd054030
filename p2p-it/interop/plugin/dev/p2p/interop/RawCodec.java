package dev.p2p.interop;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.p2p.api.reactor.MessageCodec;
import java.nio.ByteBuffer;

/** The bytes of a message as they are, for channels whose messages are not looked into. */
final class RawCodec implements MessageCodec<BytesValue> {

    @Override
    public byte[] encode(BytesValue message) {
        return message.getValue().toByteArray();
    }

    @Override
    public BytesValue decode(ByteBuffer bytes) {
        return BytesValue.of(ByteString.copyFrom(bytes));
    }
}
