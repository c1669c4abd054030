package dev.p2p.it.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A Merlin transcript over STROBE-128 (section 2.8 of the wire document), made for reading rather than for speed. */
final class Merlin {

    private static final int RATE = 166;
    private static final int META_AD = 0x12;
    private static final int AD = 0x02;
    private static final int PRF = 0x07;
    private static final int FORCES_PERMUTATION = 0x24;

    private final byte[] state = new byte[200];
    private int position;
    private int begin;

    Merlin(String label) {
        byte[] head = {1, (byte) (RATE + 2), 1, 0, 1, 96};
        System.arraycopy(head, 0, state, 0, head.length);
        System.arraycopy("STROBEv1.0.2".getBytes(US_ASCII), 0, state, head.length, 12);
        permute();
        operation(META_AD, "Merlin v1.0".getBytes(US_ASCII));
        append("dom-sep", label.getBytes(US_ASCII));
    }

    void append(String label, byte[] message) {
        label(label, message.length);
        operation(AD, message);
    }

    byte[] challenge(String label, int bytes) {
        label(label, bytes);
        operation(PRF, new byte[0]);
        byte[] out = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            out[i] = state[position];
            state[position] = 0;
            advance();
        }
        return out;
    }

    private void label(String label, int length) {
        operation(META_AD, label.getBytes(US_ASCII));
        absorb(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array());
    }

    private void operation(int flags, byte[] data) {
        byte[] header = {(byte) begin, (byte) flags};
        begin = position + 1;
        absorb(header);
        if ((flags & FORCES_PERMUTATION) != 0 && position != 0) {
            runF();
        }
        absorb(data);
    }

    private void absorb(byte[] data) {
        for (byte b : data) {
            state[position] ^= b;
            advance();
        }
    }

    private void advance() {
        position++;
        if (position == RATE) {
            runF();
        }
    }

    private void runF() {
        state[position] ^= (byte) begin;
        state[position + 1] ^= 0x04;
        state[RATE + 1] ^= (byte) 0x80;
        permute();
        position = 0;
        begin = 0;
    }

    /** Keccak-f[1600] with its constants computed as FIPS 202 defines them (algorithms 1 to 6), not copied. */
    private void permute() {
        long[] a = new long[25];
        ByteBuffer lanes = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        lanes.asLongBuffer().get(a);
        int feedback = 1;
        for (int round = 0; round < 24; round++) {
            theta(a);
            rhoAndPi(a);
            chi(a);
            for (int j = 0; j <= 6; j++) {
                a[0] ^= (long) (feedback & 1) << ((1 << j) - 1);
                feedback = feedback << 1 ^ (feedback >> 7 & 1) * 0x171;
            }
        }
        lanes.asLongBuffer().put(a);
    }

    private static void theta(long[] a) {
        long[] c = new long[5];
        for (int i = 0; i < 25; i++) {
            c[i % 5] ^= a[i];
        }
        for (int i = 0; i < 25; i++) {
            a[i] ^= c[(i + 4) % 5] ^ Long.rotateLeft(c[(i + 1) % 5], 1);
        }
    }

    private static void rhoAndPi(long[] a) {
        int x = 1;
        int y = 0;
        long moved = a[1];
        for (int t = 0; t < 24; t++) {
            int nextY = (2 * x + 3 * y) % 5;
            x = y;
            y = nextY;
            long next = a[x + 5 * y];
            a[x + 5 * y] = Long.rotateLeft(moved, (t + 1) * (t + 2) / 2);
            moved = next;
        }
    }

    private static void chi(long[] a) {
        for (int row = 0; row < 25; row += 5) {
            long[] b = {a[row], a[row + 1], a[row + 2], a[row + 3], a[row + 4]};
            for (int x = 0; x < 5; x++) {
                a[row + x] = b[x] ^ (~b[(x + 1) % 5] & b[(x + 2) % 5]);
            }
        }
    }
}
