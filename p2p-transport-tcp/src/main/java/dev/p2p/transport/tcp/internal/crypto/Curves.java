package dev.p2p.transport.tcp.internal.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The two curves of the handshake, on raw keys: X25519 (RFC 7748) and Ed25519 (RFC 8032).
 *
 * <p>Keys become objects because loading a secret costs as much as using it. Stateless; any number of threads may call.
 */
public interface Curves {

    /** Length in bytes of an X25519 scalar, coordinate and shared secret, and of an Ed25519 seed and public key. */
    int KEY_BYTES = 32;

    /** Length in bytes of an Ed25519 signature. */
    int SIGNATURE_BYTES = 64;

    /**
     * Makes a fresh ephemeral key.
     *
     * @param random where the 32 secret bytes come from
     */
    default EphemeralKey generateEphemeralKey(SecureRandom random) {
        byte[] scalar = new byte[KEY_BYTES];
        try {
            random.nextBytes(scalar);
            return ephemeralKey(scalar);
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
    }

    /**
     * Loads an X25519 secret.
     *
     * @param scalar exactly 32 bytes, clamped here (RFC 7748, section 5); not kept, the caller wipes it
     * @throws IllegalArgumentException if the length differs
     */
    EphemeralKey ephemeralKey(byte[] scalar);

    /**
     * Loads an Ed25519 secret.
     *
     * @param seed exactly 32 bytes; not kept, the caller wipes it
     * @throws IllegalArgumentException if the length differs
     */
    SigningKey signingKey(byte[] seed);

    /**
     * Checks a signature of pure Ed25519. Refuses what {@link SignatureRules} refuses, before any curve arithmetic.
     *
     * @param publicKey as received; any content and length
     * @param message what was signed
     * @param signature as received; any content and length
     * @return whether the owner of the key, and nobody else, can have made the signature; never throws for bad input
     */
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
