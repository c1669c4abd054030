package dev.p2p.api;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * A node's long-lived Ed25519 key (RFC 8032). Whoever holds it is the node.
 *
 * <p>{@link #toString()} shows the identity only; nothing in this class prints or logs the secret.
 */
public final class NodeKey {

    /** Length of the secret seed in bytes. */
    public static final int SEED_BYTES = 32;

    /** Length of a raw public key in bytes. */
    public static final int PUBLIC_KEY_BYTES = 32;

    private final byte[] seed;
    private final byte[] publicKeyBytes;
    private final PublicKey publicKey;
    private final NodeId id;

    private NodeKey(byte[] seed) {
        this.seed = seed;
        this.publicKey = derivePublicKey(seed);
        this.publicKeyBytes = rawBytes(publicKey);
        this.id = NodeId.ofPublicKey(publicKeyBytes);
    }

    /**
     * Makes a new key.
     *
     * @param random where the 32 secret bytes come from
     */
    public static NodeKey generate(SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return new NodeKey(seed);
    }

    /**
     * Restores a key from its seed.
     *
     * @param seed exactly 32 bytes; copied
     * @throws IllegalArgumentException if the length differs
     */
    public static NodeKey ofSeed(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has " + SEED_BYTES + " bytes, not " + seed.length);
        }
        return new NodeKey(seed.clone());
    }

    /**
     * Makes the platform's key object for a raw public key.
     *
     * @param raw the encoding of RFC 8032, section 5.1.2: 32 bytes, little-endian y with the sign of x in the top bit
     * @throws IllegalArgumentException if the length differs
     */
    public static PublicKey publicKeyOf(byte[] raw) {
        if (raw.length != PUBLIC_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has " + PUBLIC_KEY_BYTES + " bytes, not " + raw.length);
        }
        byte[] bigEndian = reversed(raw);
        boolean xIsOdd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        EdECPoint point = new EdECPoint(xIsOdd, new java.math.BigInteger(1, bigEndian));
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    /** The identity that this key proves. */
    public NodeId id() {
        return id;
    }

    /** The public half, as the platform's key object. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The public half, 32 raw bytes in a new array. */
    public byte[] publicKeyBytes() {
        return publicKeyBytes.clone();
    }

    /** The secret, 32 bytes in a new array that the caller wipes after use. */
    public byte[] seed() {
        return seed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeKey that && Arrays.equals(publicKeyBytes, that.publicKeyBytes);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "NodeKey[" + id + "]";
    }

    /** The JDK derives a public key only while generating a pair, so the generator is fed with the seed as its chance. */
    private static PublicKey derivePublicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SeedAsRandom(seed));
            return generator.generateKeyPair().getPublic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks Ed25519", e);
        }
    }

    private static byte[] rawBytes(PublicKey key) {
        EdECPoint point = ((EdECPublicKey) key).getPoint();
        byte[] y = point.getY().toByteArray();
        byte[] raw = new byte[PUBLIC_KEY_BYTES];
        for (int i = 0; i < Math.min(y.length, raw.length); i++) {
            raw[i] = y[y.length - 1 - i];
        }
        if (point.isXOdd()) {
            raw[PUBLIC_KEY_BYTES - 1] |= (byte) 0x80;
        }
        return raw;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = bytes[bytes.length - 1 - i];
        }
        return out;
    }

    private static final class SeedAsRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient byte[] seed;

        SeedAsRandom(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
