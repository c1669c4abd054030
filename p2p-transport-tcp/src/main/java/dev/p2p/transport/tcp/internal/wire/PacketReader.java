package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.nio.ByteBuffer;

/**
 * Reads delimited packets (sections 0.2, 0.3 and 4.1) where they lie in a buffer. By hand, because it is done for every kibibyte.
 * Fields may come in any order, unknown ones are skipped, and of several values the last counts. Used by one thread.
 */
final class PacketReader {

    /** What a packet is. */
    enum Kind {
        PING,
        PONG,
        MESSAGE
    }

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final int maxPacketBytes;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int at;
    private int end;
    private Kind kind = Kind.PING;
    private int channel;
    private boolean eof;
    private int dataStart;
    private int dataLength;

    /** @param maxPacketBytes the longest packet without its delimiter */
    PacketReader(int maxPacketBytes) {
        this.maxPacketBytes = maxPacketBytes;
    }

    /**
     * Reads the packet at an index.
     *
     * @param source plaintext from {@code from} on
     * @param available how many bytes of it
     * @return the packet's length with its delimiter, or 0 if it is not complete yet
     * @throws TransportException with {@code TOO_LARGE} or {@code BAD_PACKET}
     */
    int read(ByteBuffer source, int from, int available) throws TransportException {
        buffer = source;
        at = from;
        end = from + available;
        long length = delimiter();
        if (length < 0) {
            return 0;
        }
        if (length > maxPacketBytes) {
            throw new TransportException(
                    Reason.TOO_LARGE, "a packet of " + length + " bytes; at most " + maxPacketBytes + " are accepted");
        }
        if (end - at < length) {
            return 0;
        }
        end = at + (int) length;
        packet();
        return end - from;
    }

    Kind kind() {
        return kind;
    }

    /** The channel as sent, not limited to a byte. */
    int channel() {
        return channel;
    }

    boolean eof() {
        return eof;
    }

    int dataStart() {
        return dataStart;
    }

    int dataLength() {
        return dataLength;
    }

    /** The delimiter, or -1 if it is not complete. */
    private long delimiter() throws TransportException {
        long value = 0;
        for (int shift = 0; at < end; shift += 7) {
            byte b = buffer.get(at++);
            if (shift == 63 && b > 1) {
                throw malformed("a delimiter of more than 64 bits");
            }
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value < 0 ? Long.MAX_VALUE : value;
            }
            if (shift == 63) {
                throw malformed("a delimiter of more than 64 bits");
            }
        }
        return -1;
    }

    private void packet() throws TransportException {
        boolean known = false;
        while (at < end) {
            int tag = tag();
            int field = tag >>> 3;
            if (field >= 1 && field <= 3) {
                requireType(tag, BYTES);
                int length = length();
                kind = field == 1 ? Kind.PING : field == 2 ? Kind.PONG : Kind.MESSAGE;
                body(at + length);
                known = true;
            } else {
                skip(tag);
            }
        }
        if (!known) {
            throw malformed("a packet of no known kind");
        }
    }

    /** The fields of any of the three kinds; only a message has known ones. */
    private void body(int stop) throws TransportException {
        int outerEnd = end;
        end = stop;
        channel = 0;
        eof = false;
        dataStart = at;
        dataLength = 0;
        while (at < end) {
            int tag = tag();
            int field = kind == Kind.MESSAGE ? tag >>> 3 : 0;
            switch (field) {
                case 1 -> {
                    requireType(tag, VARINT);
                    channel = (int) varint();
                }
                case 2 -> {
                    requireType(tag, VARINT);
                    eof = varint() != 0;
                }
                case 3 -> {
                    requireType(tag, BYTES);
                    dataLength = length();
                    dataStart = at;
                    at += dataLength;
                }
                default -> skip(tag);
            }
        }
        end = outerEnd;
    }

    private void skip(int tag) throws TransportException {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case BYTES -> advance(length());
            case FIXED32 -> advance(4);
            default -> throw malformed("a field of wire type " + (tag & 7));
        }
    }

    private int tag() throws TransportException {
        long value = varint();
        if (value >>> 3 == 0 || value >>> 32 != 0) {
            throw malformed("a field without a number");
        }
        return (int) value;
    }

    private int length() throws TransportException {
        long value = varint();
        if (value < 0 || value > end - at) {
            throw malformed("a field that is longer than its packet");
        }
        return (int) value;
    }

    private void advance(int bytes) throws TransportException {
        if (bytes > end - at) {
            throw malformed("a field that is longer than its packet");
        }
        at += bytes;
    }

    private long varint() throws TransportException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at == end) {
                throw malformed("a number that is cut off");
            }
            byte b = buffer.get(at++);
            if (shift == 63 && b > 1) {
                break;
            }
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than 64 bits");
    }

    private static void requireType(int tag, int type) throws TransportException {
        if ((tag & 7) != type) {
            throw malformed("field " + (tag >>> 3) + " has wire type " + (tag & 7));
        }
    }

    private static TransportException malformed(String what) {
        return new TransportException(Reason.BAD_PACKET, what);
    }
}
