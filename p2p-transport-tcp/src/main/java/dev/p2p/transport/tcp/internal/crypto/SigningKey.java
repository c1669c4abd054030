package dev.p2p.transport.tcp.internal.crypto;

/** A static Ed25519 key, loaded once and used by the handshakes of all connections on any thread. */
public interface SigningKey {

    /** The encoded public point: 32 bytes in a new array. */
    byte[] publicKey();

    /**
     * Signs with pure Ed25519: no prehash, no context.
     *
     * @return 64 bytes in a new array
     */
    byte[] sign(byte[] message);
}
