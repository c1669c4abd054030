package dev.p2p.transport.tcp.internal.crypto;

/** What every implementation of {@link Curves} demands of raw keys. */
final class KeyRules {

    private KeyRules() {}

    /** Returns the key if it has 32 bytes. */
    static byte[] requireLength(byte[] key) {
        if (key.length != Curves.KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + Curves.KEY_BYTES + " bytes, not " + key.length);
        }
        return key;
    }

    /**
     * Returns the shared secret unless it is all zero, which is what a point of low order gives (RFC 7748, section
     * 6.1). Looks at all bytes whatever they are, so that the time tells nothing.
     */
    static byte[] requireNonZero(byte[] secret) throws KeyRefusedException {
        int bits = 0;
        for (byte b : secret) {
            bits |= b;
        }
        if (bits == 0) {
            throw new KeyRefusedException(KeyRefusedException.Reason.LOW_ORDER);
        }
        return secret;
    }
}
