package dev.p2p.reactor.pex;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import dev.p2p.api.reactor.MalformedMessageException;
import dev.p2p.api.reactor.MessageCodec;
import dev.p2p.reactor.pex.proto.PexAddress;
import dev.p2p.reactor.pex.proto.PexAddrs;
import dev.p2p.reactor.pex.proto.PexAddrsV2;
import dev.p2p.reactor.pex.proto.PexEnvelope;
import dev.p2p.reactor.pex.proto.PexRequest;
import dev.p2p.reactor.pex.proto.PexRequestV2;
import dev.p2p.reactor.pex.proto.PexUrl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Peer exchange's messages in and out of their envelope.
 *
 * <p>64 000 bytes hold 32 000 empty entries, for which the parser that protobuf generates would make as many objects. This one makes one
 * more than a message may bring, so that whoever looks sees that there are too many, and skips the rest.
 */
final class PexCodec implements MessageCodec<Message> {

    /** The most entries that an answer may bring: today's nodes send up to 250, those of v0.35 and v0.36 up to 100. */
    static final int MAX_ENTRIES = 250;

    static final int MAX_ENTRIES_V2 = 100;

    private static final ExtensionRegistryLite NO_EXTENSIONS = ExtensionRegistryLite.getEmptyRegistry();

    @Override
    public byte[] encode(Message message) {
        PexEnvelope.Builder envelope = PexEnvelope.newBuilder();
        switch (message) {
            case PexRequest request -> envelope.setPexRequest(request);
            case PexAddrs addrs -> envelope.setPexAddrs(addrs);
            case PexRequestV2 request -> envelope.setPexRequestV2(request);
            case PexAddrsV2 addrs -> envelope.setPexAddrsV2(addrs);
            default ->
                throw new IllegalArgumentException("no message of peer exchange: "
                        + message.getDescriptorForType().getFullName());
        }
        return envelope.build().toByteArray();
    }

    @Override
    public Message decode(ByteBuffer bytes) throws MalformedMessageException {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            Message message = null;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                Message known = message(in, tag);
                message = known == null ? message : known;
            }
            if (message == null) {
                throw new MalformedMessageException("an envelope without a known message");
            }
            return message;
        } catch (MalformedMessageException e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedMessageException("not a message of this channel: " + e.getMessage(), e);
        }
    }

    /** The message of a field, or none if this version does not know the field. */
    private static @Nullable Message message(CodedInputStream in, int tag) throws IOException {
        return switch (messageField(tag)) {
            case PexEnvelope.PEX_REQUEST_FIELD_NUMBER -> in.readMessage(PexRequest.parser(), NO_EXTENSIONS);
            case PexEnvelope.PEX_REQUEST_V2_FIELD_NUMBER -> in.readMessage(PexRequestV2.parser(), NO_EXTENSIONS);
            case PexEnvelope.PEX_ADDRS_FIELD_NUMBER -> {
                PexAddrs.Builder addrs = PexAddrs.newBuilder();
                entries(in, PexAddrs.ADDRS_FIELD_NUMBER, MAX_ENTRIES, PexAddress.parser(), addrs::addAddrs);
                yield addrs.build();
            }
            case PexEnvelope.PEX_ADDRS_V2_FIELD_NUMBER -> {
                PexAddrsV2.Builder addrs = PexAddrsV2.newBuilder();
                entries(in, PexAddrsV2.ADDRESSES_FIELD_NUMBER, MAX_ENTRIES_V2, PexUrl.parser(), addrs::addAddresses);
                yield addrs.build();
            }
            default -> {
                skip(in, tag);
                yield null;
            }
        };
    }

    private static <E extends Message> void entries(
            CodedInputStream in, int field, int max, Parser<E> parser, Consumer<E> to) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        int taken = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (messageField(tag) == field && taken <= max) {
                to.accept(in.readMessage(parser, NO_EXTENSIONS));
                taken++;
            } else {
                skip(in, tag);
            }
        }
        in.popLimit(outer);
    }

    /** The number of a field that holds a message, or 0. */
    private static int messageField(int tag) {
        return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                ? WireFormat.getTagFieldNumber(tag)
                : 0;
    }

    private static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new MalformedMessageException("the end of a group that never began");
        }
    }
}
