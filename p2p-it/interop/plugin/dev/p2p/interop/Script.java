package dev.p2p.interop;

/** The script: what passes between the two sides, computed by each for itself. The other side's is script.go. */
final class Script {

    static final int FIRST_CHANNEL = 0x50;

    /** The longest encoded message of each channel. */
    static final int[] CAPACITIES = {
        3, 5, 127, 130, 1023, 1024, 1025, 4096, 10000, 64000, 65536, 100000, 200000, 500000, 1000000, 1048576
    };

    /** How many of ten thousand messages go over each channel. */
    private static final int[] SHARES = {
        1000, 1000, 1000, 1100, 1100, 1100, 1100, 1100, 400, 400, 400, 200, 25, 25, 25, 25
    };

    /** The shortest BytesValue that is not empty. CometBFT's connection loses empty messages, so none comes from there. */
    private static final int LEAST_MESSAGE = 3;

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private Script() {}

    static int countOn(int channel, int messages) {
        return (int) ((long) messages * SHARES[channel] / 10_000);
    }

    /** Message number n on a channel in one direction (0: from the other side, 1: to it). */
    static byte[] payload(int direction, int channel, int n) {
        long[] state = {(long) direction << 48 ^ (long) channel << 32 ^ n};
        int capacity = CAPACITIES[channel];
        int size = switch (n % 50) {
            case 0 -> 0;
            case 49 -> capacity;
            default -> {
                int bits = 32 - Integer.numberOfLeadingZeros(capacity);
                long most = Math.min(capacity, 1L << Long.remainderUnsigned(next(state), bits + 1));
                yield (int) Long.remainderUnsigned(next(state), most + 1);
            }
        };
        byte[] bytes = new byte[valueLength(direction == 0 ? Math.max(size, LEAST_MESSAGE) : size)];
        for (int at = 0; at < bytes.length; at += 8) {
            long word = next(state);
            for (int i = at; i < Math.min(bytes.length, at + 8); i++) {
                bytes[i] = (byte) word;
                word >>>= 8;
            }
        }
        return bytes;
    }

    /** How long the value of a BytesValue may be so that the whole has at most so many bytes. */
    private static int valueLength(int encoded) {
        for (int header = 2; header <= 5; header++) {
            int value = encoded - header;
            if (value <= 0) {
                return 0;
            }
            if (value < 1L << 7 * (header - 1)) {
                return value;
            }
        }
        return 0;
    }

    /** SplitMix64 (Steele, Lea, Flood 2014). */
    private static long next(long[] state) {
        state[0] += GAMMA;
        long z = state[0];
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
