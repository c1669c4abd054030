package dev.p2p.transport.tcp.internal.crypto;

/** An X25519 key pair for one handshake. Confined to one thread; its maker closes it, which wipes the secret. */
public interface EphemeralKey extends AutoCloseable {

    /** The u-coordinate to send: 32 bytes, little-endian, in a new array. */
    byte[] publicKey();

    /**
     * Computes the shared secret (RFC 7748, section 6.1): bit 255 of the peer's key is ignored and a value at or above
     * the prime is reduced.
     *
     * @param remotePublicKey 32 bytes exactly as received; not changed
     * @return 32 bytes, never all zero, in a new array that the caller wipes
     * @throws KeyRefusedException if the secret is all zero because the peer's key has a low order
     * @throws IllegalArgumentException if the length differs from 32
     * @throws IllegalStateException after {@link #close()}
     */
    byte[] sharedSecret(byte[] remotePublicKey) throws KeyRefusedException;

    /** Wipes the secret. Harmless when repeated. */
    @Override
    void close();
}
