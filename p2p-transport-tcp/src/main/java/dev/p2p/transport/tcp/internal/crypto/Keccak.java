package dev.p2p.transport.tcp.internal.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The permutation Keccak-f[1600] (FIPS 202, section 3.3). The JDK contains it inside SHA-3 but does not publish it.
 */
final class Keccak {

    /** Size of the state in bytes: 25 lanes of 64 bits. */
    static final int STATE_BYTES = 200;

    private static final int LANES = 25;

    /** Rotations of lane {@code x + 5y} to the left, FIPS 202, table 2 (modulo 64). */
    private static final int[] ROTATIONS = {
        0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14
    };

    /** Where step pi puts each lane: from (x, y) to (y, 2x + 3y), FIPS 202, section 3.2.3. */
    private static final int[] DESTINATIONS = {
        0, 10, 20, 5, 15, 16, 1, 11, 21, 6, 7, 17, 2, 12, 22, 23, 8, 18, 3, 13, 14, 24, 9, 19, 4
    };

    /** One constant for each of the 24 rounds, FIPS 202, section 3.2.5. */
    private static final long[] ROUND_CONSTANTS = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808aL, 0x8000000080008000L,
        0x000000000000808bL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
        0x000000000000008aL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000aL,
        0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L, 0x8000000000008003L,
        0x8000000000008002L, 0x8000000000000080L, 0x000000000000800aL, 0x800000008000000aL,
        0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };

    private static final VarHandle LITTLE_ENDIAN_LANE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * Working memory of one owner, kept so that a permutation allocates nothing and {@link #wipe()} reaches all copies.
     */
    private final long[] lanes = new long[LANES];

    private final long[] moved = new long[LANES];
    private final long[] parity = new long[5];

    /**
     * Permutes a state in place.
     *
     * @param state exactly {@value #STATE_BYTES} bytes, lanes little-endian
     */
    void permute(byte[] state) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] = (long) LITTLE_ENDIAN_LANE.get(state, i * Long.BYTES);
        }
        for (long constant : ROUND_CONSTANTS) {
            mixColumns();
            rotateAndMove();
            combineRows();
            lanes[0] ^= constant;
        }
        for (int i = 0; i < LANES; i++) {
            LITTLE_ENDIAN_LANE.set(state, i * Long.BYTES, lanes[i]);
        }
    }

    /** Forgets the last state; the object stays usable. */
    void wipe() {
        Arrays.fill(lanes, 0);
        Arrays.fill(moved, 0);
        Arrays.fill(parity, 0);
    }

    /** Step theta. */
    private void mixColumns() {
        for (int x = 0; x < 5; x++) {
            parity[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
        }
        mixColumn(0, parity[4] ^ Long.rotateLeft(parity[1], 1));
        mixColumn(1, parity[0] ^ Long.rotateLeft(parity[2], 1));
        mixColumn(2, parity[1] ^ Long.rotateLeft(parity[3], 1));
        mixColumn(3, parity[2] ^ Long.rotateLeft(parity[4], 1));
        mixColumn(4, parity[3] ^ Long.rotateLeft(parity[0], 1));
    }

    private void mixColumn(int x, long d) {
        lanes[x] ^= d;
        lanes[x + 5] ^= d;
        lanes[x + 10] ^= d;
        lanes[x + 15] ^= d;
        lanes[x + 20] ^= d;
    }

    /** Steps rho and pi. */
    private void rotateAndMove() {
        for (int from = 0; from < LANES; from++) {
            moved[DESTINATIONS[from]] = Long.rotateLeft(lanes[from], ROTATIONS[from]);
        }
    }

    /** Step chi. */
    private void combineRows() {
        for (int row = 0; row < LANES; row += 5) {
            long a = moved[row];
            long b = moved[row + 1];
            long c = moved[row + 2];
            long d = moved[row + 3];
            long e = moved[row + 4];
            lanes[row] = a ^ (~b & c);
            lanes[row + 1] = b ^ (~c & d);
            lanes[row + 2] = c ^ (~d & e);
            lanes[row + 3] = d ^ (~e & a);
            lanes[row + 4] = e ^ (~a & b);
        }
    }
}
