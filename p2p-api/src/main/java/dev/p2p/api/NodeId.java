package dev.p2p.api;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a node: the first 20 bytes of SHA-256 over its Ed25519 public key, written as 40 lower-case hex digits.
 *
 * <p>Held as three primitives, so that comparing and hashing allocate nothing. The order is that of the bytes read as
 * an unsigned big-endian number, which is also the order of the texts.
 *
 * @param high bytes 0 to 7, big-endian
 * @param middle bytes 8 to 15, big-endian
 * @param low bytes 16 to 19, big-endian
 */
public record NodeId(long high, long middle, int low) implements Comparable<NodeId> {

    /** Length of an identity in bytes. */
    public static final int BYTES = 20;

    /** Length of an identity's text in hex digits. */
    public static final int HEX_DIGITS = 2 * BYTES;

    private static final int SHORT_DIGITS = 10;

    /**
     * Reads the text form. Upper-case digits are accepted and normalised.
     *
     * @param text exactly 40 hex digits
     * @throws IllegalArgumentException if the text is anything else
     */
    public static NodeId parse(String text) {
        if (text.length() != HEX_DIGITS) {
            throw new IllegalArgumentException(
                    "a node ID has " + HEX_DIGITS + " hex digits, this has " + text.length() + " characters");
        }
        try {
            return of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a node ID has only hex digits: " + Text.quote(text), e);
        }
    }

    /**
     * Makes an identity of its raw bytes.
     *
     * @param bytes exactly 20 bytes; copied
     * @throws IllegalArgumentException if the length differs
     */
    public static NodeId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a node ID has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new NodeId(in.getLong(), in.getLong(), in.getInt());
    }

    /**
     * Derives the identity that belongs to a public key.
     *
     * @param publicKey the raw Ed25519 public key, 32 bytes (RFC 8032, section 5.1.2)
     * @throws IllegalArgumentException if the length differs
     */
    public static NodeId ofPublicKey(byte[] publicKey) {
        if (publicKey.length != NodeKey.PUBLIC_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has " + NodeKey.PUBLIC_KEY_BYTES + " bytes, not " + publicKey.length);
        }
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(publicKey));
            return new NodeId(digest.getLong(), digest.getLong(), digest.getInt());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 20 raw bytes, in a new array. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(high)
                .putLong(middle)
                .putInt(low)
                .array();
    }

    /** The first 10 hex digits, for tables and logs that people read. */
    public String shortText() {
        return toString().substring(0, SHORT_DIGITS);
    }

    @Override
    public int compareTo(NodeId other) {
        int order = Long.compareUnsigned(high, other.high);
        if (order == 0) {
            order = Long.compareUnsigned(middle, other.middle);
        }
        return order == 0 ? Integer.compareUnsigned(low, other.low) : order;
    }

    /** The canonical text: 40 lower-case hex digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
