package dev.p2p.transport.tcp.internal.wire;

/** Unsigned LEB128, as protobuf writes its numbers. */
final class Varint {

    private Varint() {}

    /** How many bytes a number takes. */
    static int size(long value) {
        return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
    }

    /**
     * Writes a number.
     *
     * @return the index after it
     */
    static int write(byte[] target, int offset, long value) {
        int at = offset;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        return at;
    }
}
