package dev.p2p.transport.tcp.internal.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/** The calls of libcrypto's {@code EVP_PKEY} that {@link LibcryptoCurves} is made of: raw bytes in, raw bytes out. */
final class LibcryptoKeys {

    /** {@code EVP_PKEY_ED25519} of {@code openssl/evp.h}. */
    private static final int ED25519 = 1087;

    private static final MethodHandle NEW_PRIVATE =
            Libcrypto.function("EVP_PKEY_new_raw_private_key", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle GET_PUBLIC =
            Libcrypto.function("EVP_PKEY_get_raw_public_key", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle FREE = Libcrypto.function("EVP_PKEY_free", null, ADDRESS);

    private static final MethodHandle NEW_CONTEXT = Libcrypto.function("EVP_PKEY_CTX_new", ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle FREE_CONTEXT = Libcrypto.function("EVP_PKEY_CTX_free", null, ADDRESS);
    private static final MethodHandle DERIVE_INIT = Libcrypto.function("EVP_PKEY_derive_init", JAVA_INT, ADDRESS);
    private static final MethodHandle DERIVE_SET_PEER =
            Libcrypto.function("EVP_PKEY_derive_set_peer_ex", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle DERIVE =
            Libcrypto.function("EVP_PKEY_derive", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);

    private static final MethodHandle NEW_DIGEST = Libcrypto.function("EVP_MD_CTX_new", ADDRESS);
    private static final MethodHandle FREE_DIGEST = Libcrypto.function("EVP_MD_CTX_free", null, ADDRESS);
    private static final MethodHandle SIGN_INIT =
            Libcrypto.function("EVP_DigestSignInit", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle SIGN =
            Libcrypto.function("EVP_DigestSign", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle VERIFY_INIT =
            Libcrypto.function("EVP_DigestVerifyInit", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle VERIFY =
            Libcrypto.function("EVP_DigestVerify", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);

    private static final LibcryptoImport X25519_KEYS = new LibcryptoImport("X25519");
    private static final LibcryptoImport ED25519_KEYS = new LibcryptoImport("ED25519");

    /** Room for what one call reads and writes. */
    private static final long SCRATCH_BYTES = 512;

    /** The coordinate 9 (RFC 7748, section 4.1). */
    private static final MemorySegment BASE_POINT = basePoint();

    private static final MemorySegment NULL = MemorySegment.NULL;

    private LibcryptoKeys() {}

    /** Loads an Ed25519 seed of 32 bytes; {@link #free} gives it back and wipes it. */
    static MemorySegment loadSeed(byte[] seed) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, seed);
            try {
                return Libcrypto.require(
                        (MemorySegment) NEW_PRIVATE.invokeExact(ED25519, NULL, bytes, bytes.byteSize()),
                        "EVP_PKEY_new_raw_private_key");
            } finally {
                bytes.fill((byte) 0);
            }
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /**
     * Loads an X25519 scalar of 32 bytes to {@link #multiply} with; {@link #freeScalar} gives it back and wipes it. libcrypto would
     * compute the public key in its portable Edwards code; it is given zeros instead, which nobody reads, and the ladder, which has
     * assembly, computes it when it is wanted.
     */
    static MemorySegment loadScalar(byte[] scalar) {
        try (Arena arena = Arena.ofConfined()) {
            SegmentAllocator scratch = scratch(arena);
            MemorySegment secret = scratch.allocateFrom(JAVA_BYTE, scalar);
            try {
                MemorySegment key = X25519_KEYS.pair(scratch, secret, scratch.allocate(Curves.KEY_BYTES));
                try {
                    MemorySegment context =
                            Libcrypto.require((MemorySegment) NEW_CONTEXT.invokeExact(key, NULL), "EVP_PKEY_CTX_new");
                    Libcrypto.require((int) DERIVE_INIT.invokeExact(context), "EVP_PKEY_derive_init");
                    return context;
                } finally {
                    FREE.invokeExact(key); // the context holds it
                }
            } finally {
                secret.fill((byte) 0);
            }
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** Frees and wipes a scalar. */
    static void freeScalar(MemorySegment scalar) {
        try {
            FREE_CONTEXT.invokeExact(scalar);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** Frees and wipes a key. */
    static void free(MemorySegment key) {
        try {
            FREE.invokeExact(key);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** The 32 public bytes of a key. */
    static byte[] publicKey(MemorySegment key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Curves.KEY_BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, bytes.byteSize());
            Libcrypto.require((int) GET_PUBLIC.invokeExact(key, bytes, length), "EVP_PKEY_get_raw_public_key");
            return bytes.toArray(JAVA_BYTE);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** X25519 of a scalar and the base point: the public key. */
    static byte[] multiplyBasePoint(MemorySegment scalar) {
        try (Arena arena = Arena.ofConfined()) {
            return multiply(scratch(arena), scalar, BASE_POINT);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** X25519 of a scalar and a coordinate, all zeros if libcrypto refuses it, which it does for that result only. */
    static byte[] multiply(MemorySegment scalar, byte[] coordinate) {
        try (Arena arena = Arena.ofConfined()) {
            SegmentAllocator scratch = scratch(arena);
            MemorySegment point = X25519_KEYS.publicKey(scratch, coordinate);
            try {
                return multiply(scratch, scalar, point);
            } finally {
                FREE.invokeExact(point);
            }
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** The Ed25519 signature, 64 bytes. */
    static byte[] sign(MemorySegment key, byte[] message) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, message);
            MemorySegment signature = arena.allocate(Curves.SIGNATURE_BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, signature.byteSize());
            MemorySegment context = (MemorySegment) NEW_DIGEST.invokeExact();
            try {
                Libcrypto.require(context, "EVP_MD_CTX_new");
                Libcrypto.require((int) SIGN_INIT.invokeExact(context, NULL, NULL, NULL, key), "EVP_DigestSignInit");
                Libcrypto.require(
                        (int) SIGN.invokeExact(context, signature, length, bytes, bytes.byteSize()), "EVP_DigestSign");
                return signature.toArray(JAVA_BYTE);
            } finally {
                FREE_DIGEST.invokeExact(context);
            }
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** Whether the signature fits; false also for a key that is no point of the curve. */
    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = ED25519_KEYS.publicKey(scratch(arena), publicKey);
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, message);
            MemorySegment sealed = arena.allocateFrom(JAVA_BYTE, signature);
            MemorySegment context = (MemorySegment) NEW_DIGEST.invokeExact();
            try {
                Libcrypto.require(context, "EVP_MD_CTX_new");
                Libcrypto.require(
                        (int) VERIFY_INIT.invokeExact(context, NULL, NULL, NULL, key), "EVP_DigestVerifyInit");
                boolean fits =
                        (int) VERIFY.invokeExact(context, sealed, sealed.byteSize(), bytes, bytes.byteSize()) == 1;
                if (!fits) {
                    Libcrypto.clearErrors();
                }
                return fits;
            } finally {
                FREE_DIGEST.invokeExact(context);
                FREE.invokeExact(key);
            }
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    private static byte[] multiply(SegmentAllocator scratch, MemorySegment scalar, MemorySegment point)
            throws Throwable {
        MemorySegment product = scratch.allocate(Curves.KEY_BYTES);
        MemorySegment length = scratch.allocateFrom(JAVA_LONG, product.byteSize());
        try {
            Libcrypto.require((int) DERIVE_SET_PEER.invokeExact(scalar, point, 0), "EVP_PKEY_derive_set_peer_ex");
            if ((int) DERIVE.invokeExact(scalar, product, length) != 1) {
                Libcrypto.clearErrors();
                product.fill((byte) 0);
            }
            return product.toArray(JAVA_BYTE);
        } finally {
            product.fill((byte) 0);
        }
    }

    private static MemorySegment basePoint() {
        byte[] nine = new byte[Curves.KEY_BYTES];
        nine[0] = 9;
        try (Arena arena = Arena.ofConfined()) {
            return X25519_KEYS.publicKey(scratch(arena), nine);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    private static SegmentAllocator scratch(Arena arena) {
        return SegmentAllocator.slicingAllocator(arena.allocate(SCRATCH_BYTES, ADDRESS.byteSize()));
    }
}
