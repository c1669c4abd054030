package dev.p2p.cli.crawl;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two messages of peer exchange that a crawler needs (section 6.1 of the wire document), coded by hand: the generated classes
 * belong to the plug-in, which this program sees at run time only, and the reader here can count before it builds anything.
 */
final class PexMessages {

    /** The channel of peer exchange, and the longest message on it (section 6.2). */
    static final int CHANNEL = 0x00;

    static final int MAX_MESSAGE_BYTES = 64_000;

    /** The most entries that today's nodes send. */
    static final int MAX_ADDRESSES = 250;

    private static final int ANSWER = 2;
    private static final int ENTRY = 1;
    private static final int ID = 1;
    private static final int IP = 2;
    private static final int PORT = 3;

    private PexMessages() {}

    /**
     * What a node told.
     *
     * @param addresses those that can be dialed, none twice
     * @param malformed how many entries were none
     */
    record Answer(List<NodeAddress> addresses, int malformed) {}

    /** The request for addresses. */
    static byte[] request() {
        return new byte[] {0x0a, 0x00};
    }

    /** Whether a message is an answer at all, and not a request of the node. */
    static boolean isAnswer(byte[] message) {
        return message.length > 0 && message[0] == (ANSWER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    /**
     * Reads an answer.
     *
     * @throws IOException if the bytes are none, or have more entries than allowed
     */
    static Answer answer(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        List<NodeAddress> addresses = new ArrayList<>();
        int entries = 0;
        in.readTag();
        int end = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag != (ENTRY << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                in.skipField(tag);
                continue;
            }
            entries++;
            if (entries > MAX_ADDRESSES) {
                throw new IOException("the node tells of more than " + MAX_ADDRESSES + " addresses at once");
            }
            int rest = in.pushLimit(in.readRawVarint32());
            entry(in).ifPresent(addresses::add);
            in.popLimit(rest);
        }
        in.popLimit(end);
        List<NodeAddress> distinct = addresses.stream().distinct().toList();
        return new Answer(distinct, entries - addresses.size());
    }

    /** Reads to the end of the entry; empty if nobody could be dialed by it. */
    private static Optional<NodeAddress> entry(CodedInputStream in) throws IOException {
        String id = "";
        String ip = "";
        long port = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case ID -> id = in.readString();
                case IP -> ip = in.readString();
                case PORT -> port = in.readUInt32() & 0xffff_ffffL;
                default -> in.skipField(tag);
            }
        }
        try {
            HostPort place = new HostPort(ip, Math.toIntExact(port));
            boolean dialable = place.ip().isPresent() && place.port() > 0;
            return dialable ? Optional.of(NodeAddress.of(NodeId.parse(id), place)) : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
