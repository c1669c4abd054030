package dev.p2p.transport.tcp.internal.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls of libcrypto's {@code EVP_PKEY} that {@link LibcryptoCurves} is made of: raw bytes in, raw bytes out. */
final class LibcryptoKeys {

    /** {@code EVP_PKEY_X25519} and {@code EVP_PKEY_ED25519}: the object numbers of {@code openssl/obj_mac.h}. */
    static final int X25519 = 1034;

    static final int ED25519 = 1087;

    private static final MethodHandle NEW_PRIVATE =
            Libcrypto.function("EVP_PKEY_new_raw_private_key", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle NEW_PUBLIC =
            Libcrypto.function("EVP_PKEY_new_raw_public_key", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle GET_PUBLIC =
            Libcrypto.function("EVP_PKEY_get_raw_public_key", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle FREE = Libcrypto.function("EVP_PKEY_free", null, ADDRESS);

    private static final MethodHandle NEW_CONTEXT = Libcrypto.function("EVP_PKEY_CTX_new", ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle FREE_CONTEXT = Libcrypto.function("EVP_PKEY_CTX_free", null, ADDRESS);
    private static final MethodHandle DERIVE_INIT = Libcrypto.function("EVP_PKEY_derive_init", JAVA_INT, ADDRESS);
    private static final MethodHandle DERIVE_SET_PEER =
            Libcrypto.function("EVP_PKEY_derive_set_peer", JAVA_INT, ADDRESS, ADDRESS);
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

    private static final MemorySegment NULL = MemorySegment.NULL;

    private LibcryptoKeys() {}

    /** Loads a secret of 32 bytes; {@link #free} gives it back and wipes it. */
    static MemorySegment loadPrivate(int type, byte[] secret) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, secret);
            try {
                return Libcrypto.require(
                        (MemorySegment) NEW_PRIVATE.invokeExact(type, NULL, bytes, bytes.byteSize()),
                        "EVP_PKEY_new_raw_private_key");
            } finally {
                bytes.fill((byte) 0);
            }
        } catch (Throwable e) {
            throw Libcrypto.rethrown(e);
        }
    }

    /** Frees and wipes a key. */
    static void free(MemorySegment key) {
        try {
            FREE.invokeExact(key);
        } catch (Throwable e) {
            throw Libcrypto.rethrown(e);
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
            throw Libcrypto.rethrown(e);
        }
    }

    /** The X25519 secret, all zeros if libcrypto refuses the peer's key, which it does for that result only. */
    static byte[] agree(MemorySegment key, byte[] remotePublicKey) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment secret = arena.allocate(Curves.KEY_BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, secret.byteSize());
            MemorySegment peer = loadPublic(arena, X25519, remotePublicKey);
            MemorySegment context = (MemorySegment) NEW_CONTEXT.invokeExact(key, NULL);
            try {
                Libcrypto.require(context, "EVP_PKEY_CTX_new");
                Libcrypto.require((int) DERIVE_INIT.invokeExact(context), "EVP_PKEY_derive_init");
                Libcrypto.require((int) DERIVE_SET_PEER.invokeExact(context, peer), "EVP_PKEY_derive_set_peer");
                if ((int) DERIVE.invokeExact(context, secret, length) != 1) {
                    Libcrypto.clearErrors();
                    secret.fill((byte) 0);
                }
                return secret.toArray(JAVA_BYTE);
            } finally {
                secret.fill((byte) 0);
                FREE_CONTEXT.invokeExact(context); // accepts null
                FREE.invokeExact(peer);
            }
        } catch (Throwable e) {
            throw Libcrypto.rethrown(e);
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
            throw Libcrypto.rethrown(e);
        }
    }

    /** Whether the signature fits; false also for a key that is no point of the curve. */
    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = loadPublic(arena, ED25519, publicKey);
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
            throw Libcrypto.rethrown(e);
        }
    }

    private static MemorySegment loadPublic(Arena arena, int type, byte[] publicKey) throws Throwable {
        MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, publicKey);
        return Libcrypto.require(
                (MemorySegment) NEW_PUBLIC.invokeExact(type, NULL, bytes, bytes.byteSize()),
                "EVP_PKEY_new_raw_public_key");
    }
}
