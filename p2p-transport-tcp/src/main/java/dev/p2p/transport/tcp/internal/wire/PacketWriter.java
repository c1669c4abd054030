package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.transport.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes delimited packets (section 4.1). By hand, because it is done for every kibibyte: a packet is a header of at most 20
 * bytes and a slice of a message.
 */
final class PacketWriter {

    /** The most data in one packet; every implementation accepts it (section 4.2). */
    static final int MAX_DATA = 1_024;

    private static final byte[] PING = {2, 0x0a, 0};
    private static final byte[] PONG = {2, 0x12, 0};

    private static final int FIRST_TWO_BYTE_CHANNEL = 128;
    private static final byte MESSAGE_TAG = 0x1a;
    private static final byte CHANNEL_TAG = 0x08;
    private static final byte EOF_TAG = 0x10;
    private static final byte DATA_TAG = 0x1a;

    private final byte[] header = new byte[24];

    void ping(FrameWriter out) throws IOException {
        out.put(PING, 0, PING.length);
    }

    void pong(FrameWriter out) throws IOException {
        out.put(PONG, 0, PONG.length);
    }

    /** Writes a slice of at most {@link #MAX_DATA} bytes. */
    void message(FrameWriter out, Piece piece) throws IOException {
        int channel = piece.channel().value();
        ByteBuffer bytes = piece.bytes();
        // On a channel that takes two bytes, a full last packet would be one byte longer than its receiver allows.
        if (channel >= FIRST_TWO_BYTE_CHANNEL && bytes.remaining() == MAX_DATA) {
            int cut = bytes.position() + MAX_DATA - 1;
            packet(out, channel, bytes.slice(bytes.position(), MAX_DATA - 1), false);
            packet(out, channel, bytes.slice(cut, 1), piece.last());
        } else {
            packet(out, channel, bytes, piece.last());
        }
    }

    private void packet(FrameWriter out, int channel, ByteBuffer data, boolean eof) throws IOException {
        int length = data.remaining();
        int inner = (channel == 0 ? 0 : 1 + Varint.size(channel))
                + (eof ? 2 : 0)
                + (length == 0 ? 0 : 1 + Varint.size(length) + length);
        int at = Varint.write(header, 0, 1 + Varint.size(inner) + (long) inner);
        header[at++] = MESSAGE_TAG;
        at = Varint.write(header, at, inner);
        if (channel != 0) {
            header[at++] = CHANNEL_TAG;
            at = Varint.write(header, at, channel);
        }
        if (eof) {
            header[at++] = EOF_TAG;
            header[at++] = 1;
        }
        if (length > 0) {
            header[at++] = DATA_TAG;
            at = Varint.write(header, at, length);
        }
        out.put(header, 0, at);
        out.put(data);
    }
}
