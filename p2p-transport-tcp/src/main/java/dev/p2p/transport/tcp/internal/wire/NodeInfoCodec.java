package dev.p2p.transport.tcp.internal.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.ProtocolVersion;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Node information as a protobuf message (section 3.2). Strict where the rules of section 3.3 are. */
final class NodeInfoCodec {

    /** The longest message (section 3.1). */
    static final int MAX_BYTES = 10_240;

    /** As long as most are; longer ones only cost another copy. */
    private static final int USUAL_BYTES = 256;

    private static final int USUAL_INNER_BYTES = 32;

    private NodeInfoCodec() {}

    /** The message's bytes. Fields in ascending order; the two embedded messages are always written, as Go does. */
    static byte[] encode(NodeInfo info) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, USUAL_BYTES);
        out.writeByteArray(1, encode(info.protocol()));
        writeText(out, 2, info.id().toString());
        writeText(out, 3, info.listenAddress());
        writeText(out, 4, info.network());
        writeText(out, 5, info.version());
        byte[] channels = new byte[info.channels().size()];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = (byte) info.channels().get(i).value();
        }
        if (channels.length > 0) {
            out.writeByteArray(6, channels);
        }
        writeText(out, 7, info.moniker());
        out.writeByteArray(8, encodeOther(info));
        out.flush();
        return bytes.toByteArray();
    }

    /**
     * Reads a message.
     *
     * @throws TransportException with {@code INVALID_NODE_INFO} if it does not decode or breaks a rule
     */
    static NodeInfo decode(byte[] bytes) throws TransportException {
        try {
            return new Fields().read(CodedInputStream.newInstance(bytes)).toNodeInfo();
        } catch (IOException | IllegalArgumentException e) {
            throw new TransportException(
                    Reason.INVALID_NODE_INFO, "the peer's node information is invalid: " + e.getMessage(), e);
        }
    }

    private static byte[] encode(ProtocolVersion version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, USUAL_INNER_BYTES);
        writeNumber(out, 1, version.p2p());
        writeNumber(out, 2, version.block());
        writeNumber(out, 3, version.app());
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] encodeOther(NodeInfo info) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, USUAL_INNER_BYTES);
        writeText(out, 1, info.txIndex());
        writeText(out, 2, info.rpcAddress());
        out.flush();
        return bytes.toByteArray();
    }

    private static void writeText(CodedOutputStream out, int field, String text) throws IOException {
        if (!text.isEmpty()) {
            out.writeString(field, text);
        }
    }

    private static void writeNumber(CodedOutputStream out, int field, long number) throws IOException {
        if (number != 0) {
            out.writeUInt64(field, number);
        }
    }

    /** The fields while they are read; of several values the last counts. */
    private static final class Fields {

        private long p2p;
        private long block;
        private long app;
        private String id = "";
        private String listenAddress = "";
        private String network = "";
        private String version = "";
        private byte[] channels = {};
        private String moniker = "";
        private String txIndex = "";
        private String rpcAddress = "";

        Fields read(CodedInputStream in) throws IOException {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> readVersion(embedded(in, tag));
                    case 2 -> id = text(in, tag);
                    case 3 -> listenAddress = text(in, tag);
                    case 4 -> network = text(in, tag);
                    case 5 -> version = text(in, tag);
                    case 6 -> channels = bytes(in, tag);
                    case 7 -> moniker = text(in, tag);
                    case 8 -> readOther(embedded(in, tag));
                    default -> skip(in, tag);
                }
            }
            return this;
        }

        NodeInfo toNodeInfo() {
            NodeId nodeId = NodeId.parse(id);
            if (!nodeId.toString().equals(id)) {
                throw new IllegalArgumentException("the node ID is not in lower case");
            }
            List<ChannelId> ids = new ArrayList<>();
            for (byte channel : channels) {
                ids.add(new ChannelId(channel & 0xff));
            }
            return new NodeInfo(
                    new ProtocolVersion(p2p, block, app),
                    nodeId,
                    listenAddress,
                    network,
                    version,
                    ids,
                    moniker,
                    txIndex,
                    rpcAddress);
        }

        private void readVersion(CodedInputStream in) throws IOException {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> p2p = number(in, tag);
                    case 2 -> block = number(in, tag);
                    case 3 -> app = number(in, tag);
                    default -> skip(in, tag);
                }
            }
        }

        private void readOther(CodedInputStream in) throws IOException {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> txIndex = text(in, tag);
                    case 2 -> rpcAddress = text(in, tag);
                    default -> skip(in, tag);
                }
            }
        }

        private static CodedInputStream embedded(CodedInputStream in, int tag) throws IOException {
            return CodedInputStream.newInstance(bytes(in, tag));
        }

        private static byte[] bytes(CodedInputStream in, int tag) throws IOException {
            requireType(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            return in.readByteArray();
        }

        private static String text(CodedInputStream in, int tag) throws IOException {
            return new String(bytes(in, tag), StandardCharsets.UTF_8);
        }

        private static long number(CodedInputStream in, int tag) throws IOException {
            requireType(tag, WireFormat.WIRETYPE_VARINT);
            return in.readUInt64();
        }

        private static void skip(CodedInputStream in, int tag) throws IOException {
            int type = WireFormat.getTagWireType(tag);
            if (type == WireFormat.WIRETYPE_START_GROUP
                    || type == WireFormat.WIRETYPE_END_GROUP
                    || !in.skipField(tag)) {
                throw new IOException("a field of wire type " + type);
            }
        }

        private static void requireType(int tag, int type) throws IOException {
            if (WireFormat.getTagWireType(tag) != type) {
                throw new IOException("field " + WireFormat.getTagFieldNumber(tag) + " has the wrong wire type");
            }
        }
    }
}
