package dev.p2p.transport.tcp.internal.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What is refused in every signature check, whichever library does the arithmetic (section 2.6).
 *
 * <p>A public key of small order "owns" signatures that anybody can make, and an S at or above the group order makes
 * a second valid signature out of a first. Libraries disagree on both, so they are not asked.
 */
final class SignatureRules {

    /**
     * The seven encodings of y that points of small order have, bit 255 clear; with either sign bit these are the 14
     * keys to refuse.
     */
    private static final List<byte[]> SMALL_ORDER_Y = List.of(
            hex("0000000000000000000000000000000000000000000000000000000000000000"), // order 4
            hex("0100000000000000000000000000000000000000000000000000000000000000"), // order 1
            hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), // order 8
            hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), // order 8
            hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), // p - 1, order 2
            hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), // p, non-canonical 0
            hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")); // p + 1, non-canonical 1

    /** The order L = 2^252 + 27742317777372353535851937790883648493, little-endian (RFC 8032, section 5.1). */
    private static final byte[] GROUP_ORDER = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

    private SignatureRules() {}

    /** Whether both have the right length, the key has no small order and S is below the group order. */
    static boolean admit(byte[] publicKey, byte[] signature) {
        return publicKey.length == Curves.KEY_BYTES
                && signature.length == Curves.SIGNATURE_BYTES
                && !hasSmallOrder(publicKey)
                && hasCanonicalS(signature);
    }

    private static boolean hasSmallOrder(byte[] publicKey) {
        byte[] y = publicKey.clone();
        y[Curves.KEY_BYTES - 1] &= 0x7f;
        return SMALL_ORDER_Y.stream().anyMatch(refused -> Arrays.equals(refused, y));
    }

    /** S is the second half of the signature, little-endian, so its weightiest byte comes last. */
    private static boolean hasCanonicalS(byte[] signature) {
        for (int i = Curves.KEY_BYTES - 1; i >= 0; i--) {
            int difference = Byte.compareUnsigned(signature[Curves.KEY_BYTES + i], GROUP_ORDER[i]);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false; // equal to the order
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
