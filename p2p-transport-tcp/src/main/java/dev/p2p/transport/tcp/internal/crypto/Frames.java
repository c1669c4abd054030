package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * One way to seal and open frames, with the kind of buffer that suits it.
 *
 * @param ciphers makes ciphers that work on such buffers
 * @param buffers makes zeroed buffers of a capacity in bytes
 */
record Frames(FrameCipher.Source ciphers, IntFunction<ByteBuffer> buffers) {

    /** A sealer whose first frame has this counter. */
    FrameSealer sealer(byte[] key, long firstCounter) {
        return new FrameSealer(ciphers.keyed(key, FrameCipher.Mode.SEAL), firstCounter);
    }

    /** An opener whose first frame has this counter. */
    FrameOpener opener(byte[] key, long firstCounter) {
        return new FrameOpener(ciphers.keyed(key, FrameCipher.Mode.OPEN), firstCounter);
    }
}
