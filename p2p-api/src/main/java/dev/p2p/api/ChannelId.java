package dev.p2p.api;

/**
 * The number of a channel. A node announces its channels as one byte each, so the range is that of a byte.
 *
 * @param value 0 to 255
 */
public record ChannelId(int value) implements Comparable<ChannelId> {

    /** One more than the largest channel number. */
    public static final int COUNT = 256;

    public ChannelId {
        if (value < 0 || value >= COUNT) {
            throw new IllegalArgumentException("a channel number is 0 to " + (COUNT - 1) + ", not " + value);
        }
    }

    @Override
    public int compareTo(ChannelId other) {
        return Integer.compare(value, other.value);
    }

    /** Two lower-case hex digits, as in the specification's tables. */
    @Override
    public String toString() {
        return String.format("%02x", value);
    }
}
