package dev.p2p.testkit.transport;

import java.util.SplittableRandom;

/** Bytes for messages: the same for the same arguments, without a pattern that a mistake could hide in. */
final class Payload {

    private Payload() {}

    static byte[] of(int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
