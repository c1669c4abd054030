package dev.p2p.transport.tcp.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * The part of STROBE v1.0.2 at the 128-bit level that Merlin needs: meta-AD, AD and PRF (section 2.8).
 *
 * <p>Holds secrets as soon as secrets were absorbed: {@link #wipe()} it. Confined to one thread.
 */
final class Strobe128 {

    /** Bytes of the sponge that data reaches: 200 - 2 * 128/8 - 2 (STROBE v1.0.2, section 4). */
    private static final int RATE = 166;

    /** First block: 1, R + 2, 1, 0, 1, 12 * 8 bits of version text (STROBE v1.0.2, section 5.1). */
    private static final byte[] FIRST_BLOCK_HEAD = {1, (byte) (RATE + 2), 1, 0, 1, 96};

    private static final byte[] VERSION = "STROBEv1.0.2".getBytes(US_ASCII);

    /** Operation flags of STROBE v1.0.2, section 6.2. */
    private static final int FLAG_I = 1;

    private static final int FLAG_A = 1 << 1;
    private static final int FLAG_C = 1 << 2;
    private static final int FLAG_M = 1 << 4;
    private static final int FLAG_K = 1 << 5;

    private final Keccak keccak = new Keccak();
    private final byte[] state = new byte[Keccak.STATE_BYTES];
    private int position;
    private int operationStart;
    private int currentFlags;

    /** Starts the sponge and binds it to a protocol's name. */
    Strobe128(String protocolLabel) {
        System.arraycopy(FIRST_BLOCK_HEAD, 0, state, 0, FIRST_BLOCK_HEAD.length);
        System.arraycopy(VERSION, 0, state, FIRST_BLOCK_HEAD.length, VERSION.length);
        keccak.permute(state); // the first block alone is permuted without padding
        metaAd(protocolLabel.getBytes(US_ASCII), false);
    }

    /**
     * Absorbs framing data.
     *
     * @param more whether this continues the operation before it instead of starting one
     */
    void metaAd(byte[] data, boolean more) {
        begin(FLAG_M | FLAG_A, more);
        absorb(data);
    }

    /** Absorbs a message. */
    void ad(byte[] data) {
        begin(FLAG_A, false);
        absorb(data);
    }

    /** Squeezes pseudo-random bytes that depend on everything absorbed so far. */
    byte[] prf(int length) {
        begin(FLAG_I | FLAG_A | FLAG_C, false);
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = state[position];
            state[position] = 0;
            advance();
        }
        return out;
    }

    /** Forgets everything; the object must not be used afterwards. */
    void wipe() {
        Arrays.fill(state, (byte) 0);
        keccak.wipe();
    }

    /** A copy of the sponge, for comparison with known answers. */
    byte[] state() {
        return state.clone();
    }

    /** Index of the next byte in the sponge. */
    int position() {
        return position;
    }

    /** Where the current operation began, one-based; 0 after a permutation. */
    int operationStart() {
        return operationStart;
    }

    private void begin(int flags, boolean more) {
        if (more) {
            if (flags != currentFlags) {
                throw new IllegalStateException("an operation is continued with other flags");
            }
            return;
        }
        int previousStart = operationStart;
        operationStart = position + 1;
        currentFlags = flags;
        absorb(new byte[] {(byte) previousStart, (byte) flags});
        if ((flags & (FLAG_C | FLAG_K)) != 0 && position != 0) {
            permute();
        }
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
            permute();
        }
    }

    private void permute() {
        state[position] ^= (byte) operationStart;
        state[position + 1] ^= 0x04;
        state[RATE + 1] ^= (byte) 0x80; // may be the byte of the line before
        keccak.permute(state);
        position = 0;
        operationStart = 0;
    }
}
