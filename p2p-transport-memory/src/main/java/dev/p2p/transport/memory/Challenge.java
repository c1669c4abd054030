package dev.p2p.transport.memory;

import java.security.SecureRandom;

/** Something new to sign. */
@SuppressWarnings("ArrayRecordComponent") // confined to the handshake; never compared
record Challenge(byte[] bytes) {

    private static final int BYTES = 32;

    static Challenge random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Challenge(bytes);
    }
}
