package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Known answers that a part of a suite must give before it touches a connection. A library that is broken, replaced or
 * restricted to other algorithms is found here and not by the first peer.
 */
final class SelfTest {

    /** RFC 7748, section 6.1: Alice's secret and public key, Bob's public key, what they share. */
    private static final byte[] SCALAR = hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");

    private static final byte[] POINT = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    private static final byte[] REMOTE = hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    private static final byte[] SHARED = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

    /** RFC 8032, section 7.1, test 2. */
    private static final byte[] SEED = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    private static final byte[] PUBLIC_KEY = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    private static final byte[] MESSAGE = {0x72};
    private static final byte[] SIGNATURE = hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

    /** Frames "one byte" and "counter 2^32" of the wire specification's vectors: one data byte, the head, the tag. */
    private static final byte[] FRAME_KEY = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");

    private static final KnownFrame FIRST_FRAME = new KnownFrame(
            0, (byte) 0x2a, hex("2b5c1aad145aeecbcd3125ffa4ddad2a"), hex("d7f7dfe79df0659659c2706d10e5edf4"));
    private static final KnownFrame LATE_FRAME = new KnownFrame(
            1L << 32, (byte) 0x78, hex("9774d1e84a347177ba6a985e2860e5c1"), hex("a820fbd9f0025f5f5aecc32803f8170b"));

    private SelfTest() {}

    /** What the curves got wrong, for people; empty if nothing. */
    static Optional<String> failureOf(Curves curves) {
        return failure(() -> agrees(curves) ? signs(curves) ? null : "Ed25519" : "X25519");
    }

    /** What the frames got wrong, for people; empty if nothing. */
    static Optional<String> failureOf(Frames frames) {
        return failure(() -> seals(frames, FIRST_FRAME) && seals(frames, LATE_FRAME) ? null : "ChaCha20-Poly1305");
    }

    /** A look that names what is wrong, or null. */
    @FunctionalInterface
    private interface Look {
        @Nullable
        String look() throws KeyRefusedException, FrameException;
    }

    private static Optional<String> failure(Look look) {
        try {
            return Optional.ofNullable(look.look());
        } catch (KeyRefusedException | FrameException | LinkageError | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean agrees(Curves curves) throws KeyRefusedException {
        try (EphemeralKey key = curves.ephemeralKey(SCALAR)) {
            return Arrays.equals(POINT, key.publicKey()) && Arrays.equals(SHARED, key.sharedSecret(REMOTE));
        }
    }

    private static boolean signs(Curves curves) {
        SigningKey key = curves.signingKey(SEED);
        return Arrays.equals(PUBLIC_KEY, key.publicKey())
                && Arrays.equals(SIGNATURE, key.sign(MESSAGE))
                && curves.verify(PUBLIC_KEY, MESSAGE, SIGNATURE)
                && !curves.verify(PUBLIC_KEY, new byte[] {0x73}, SIGNATURE);
    }

    private static boolean seals(Frames frames, KnownFrame known) throws FrameException {
        int offset = FrameLayout.TAG_BYTES; // not at the start, so that a lost offset shows
        ByteBuffer buffer = frames.buffers().apply(offset + FrameLayout.SEALED);
        try (FrameSealer sealer = frames.sealer(FRAME_KEY, known.counter());
                FrameOpener opener = frames.opener(FRAME_KEY, known.counter())) {
            buffer.put(offset + FrameLayout.LENGTH_BYTES, known.data());
            sealer.seal(buffer, offset, 1);
            if (!stands(buffer, offset, known.head()) || !stands(buffer, offset + FrameLayout.PLAIN, known.tag())) {
                return false;
            }
            return refusesForgery(frames, buffer, offset, opener)
                    && opener.open(buffer, offset) == 1
                    && buffer.get(offset + FrameLayout.LENGTH_BYTES) == known.data();
        }
    }

    /** Opens a copy with one bit changed; the opener's counter stays where it is. */
    private static boolean refusesForgery(Frames frames, ByteBuffer frame, int offset, FrameOpener opener) {
        ByteBuffer forged = frames.buffers().apply(FrameLayout.SEALED);
        forged.put(0, frame, offset, FrameLayout.SEALED);
        forged.put(FrameLayout.DATA, (byte) (forged.get(FrameLayout.DATA) ^ 1));
        try {
            opener.open(forged, 0);
            return false;
        } catch (FrameException e) {
            return e.reason() == FrameException.Reason.BAD_TAG;
        }
    }

    private static boolean stands(ByteBuffer buffer, int offset, byte[] expected) {
        byte[] actual = new byte[expected.length];
        buffer.get(offset, actual);
        return Arrays.equals(expected, actual);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private record KnownFrame(long counter, byte data, byte[] head, byte[] tag) {}
}
