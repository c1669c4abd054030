package dev.p2p.it.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** The few messages of the wire, field by field. Nothing is checked: an attacker writes what it likes. */
final class Wire {

    static final byte[] PING = hex("020a00");
    static final byte[] PONG = hex("021200");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return out.toByteArray();
    }

    /** A message with its length before it. */
    static byte[] delimited(byte[] body) {
        return join(varint(body.length), body);
    }

    /** A delimited packet with a part of a message. */
    static byte[] packet(long channel, boolean eof, byte[] data) {
        Wire message = new Wire();
        if (channel != 0) {
            message.number(1, channel);
        }
        if (eof) {
            message.number(2, 1);
        }
        if (data.length > 0) {
            message.bytes(3, data);
        }
        return delimited(new Wire().bytes(3, message.toBytes()).toBytes());
    }

    /** The proof of identity: an Ed25519 key and a signature. */
    static byte[] proof(byte[] publicKey, byte[] signature) {
        return new Wire()
                .bytes(1, new Wire().bytes(1, publicKey).toBytes())
                .bytes(2, signature)
                .toBytes();
    }

    Wire number(int field, long value) {
        bytes.writeBytes(varint((long) field << 3));
        bytes.writeBytes(varint(value));
        return this;
    }

    Wire bytes(int field, byte[] value) {
        bytes.writeBytes(varint((long) field << 3 | 2));
        bytes.writeBytes(delimited(value));
        return this;
    }

    Wire text(int field, String value) {
        return bytes(field, value.getBytes(UTF_8));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
