package dev.p2p.transport.tcp.internal.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The calls of the system's libsodium that {@link LibsodiumCurves} is made of. Where it is missing, the first use of this class
 * fails with a {@link LinkageError} whose cause says why; {@link NativeParts} alone triggers that first use.
 */
final class Libsodium {

    /** Linux by the two sonames that 1.0 has had, then by its development name, macOS by name and in Homebrew's two homes. */
    private static final List<String> PLACES = List.of(
            "libsodium.so.26",
            "libsodium.so.23",
            "libsodium.so",
            "libsodium.dylib",
            "/opt/homebrew/opt/libsodium/lib/libsodium.dylib",
            "/usr/local/opt/libsodium/lib/libsodium.dylib");

    /** Longest version text that is believed. */
    private static final int VERSION_TEXT_LIMIT = 64;

    /** {@code crypto_sign_SECRETKEYBYTES}: the seed and the public key. */
    private static final int SECRET_KEY_BYTES = 64;

    private static final NativeLibrary LIBRARY = NativeLibrary.find("libsodium", PLACES);

    private static final MethodHandle ALLOCATE = LIBRARY.function("sodium_malloc", ADDRESS, JAVA_LONG);
    private static final MethodHandle FREE = LIBRARY.function("sodium_free", null, ADDRESS);
    private static final MethodHandle MULTIPLY_BASE =
            LIBRARY.function("crypto_scalarmult_base", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle MULTIPLY =
            LIBRARY.function("crypto_scalarmult", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle KEY_PAIR =
            LIBRARY.function("crypto_sign_seed_keypair", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle SIGN =
            LIBRARY.function("crypto_sign_detached", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle VERIFY =
            LIBRARY.function("crypto_sign_verify_detached", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

    private static final String VERSION = initialise();

    private Libsodium() {}

    /** The library's name and version, such as "libsodium 1.0.18". */
    static String version() {
        return VERSION;
    }

    /**
     * X25519 of a scalar and the base point.
     *
     * @param scalar 32 bytes of native memory
     */
    static byte[] multiplyBasePoint(MemorySegment scalar) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment product = arena.allocate(Curves.KEY_BYTES);
            require((int) MULTIPLY_BASE.invokeExact(product, scalar), "crypto_scalarmult_base");
            return product.toArray(JAVA_BYTE);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** X25519 of a scalar and a coordinate, all zeros if libsodium refuses it, which it does for points of low order only. */
    static byte[] multiply(MemorySegment scalar, byte[] coordinate) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment product = arena.allocate(Curves.KEY_BYTES);
            try {
                MemorySegment point = arena.allocateFrom(JAVA_BYTE, coordinate);
                return (int) MULTIPLY.invokeExact(product, scalar, point) == 0
                        ? product.toArray(JAVA_BYTE)
                        : new byte[Curves.KEY_BYTES];
            } finally {
                product.fill((byte) 0);
            }
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /**
     * Loads an Ed25519 seed of 32 bytes, for {@link #sign}. It lies in memory that is not swapped out, between pages that nobody may touch;
     * the collector frees and wipes it, so no thread can use one that another freed.
     */
    @SuppressWarnings("restricted") // gives the native memory to the collector
    static MemorySegment loadSeed(byte[] seed) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = (MemorySegment) ALLOCATE.invokeExact((long) SECRET_KEY_BYTES);
            if (memory.address() == 0) {
                throw new IllegalStateException("libsodium: sodium_malloc failed: no memory for a key");
            }
            MemorySegment key = memory.reinterpret(SECRET_KEY_BYTES, Arena.ofAuto(), Libsodium::free);
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, seed);
            try {
                require(
                        (int) KEY_PAIR.invokeExact(arena.allocate(Curves.KEY_BYTES), key, bytes),
                        "crypto_sign_seed_keypair");
            } finally {
                bytes.fill((byte) 0);
            }
            return key;
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /** The 32 public bytes of a loaded seed. */
    static byte[] publicKey(MemorySegment key) {
        return key.asSlice(SECRET_KEY_BYTES - Curves.KEY_BYTES).toArray(JAVA_BYTE);
    }

    /** The Ed25519 signature, 64 bytes. */
    static byte[] sign(MemorySegment key, byte[] message) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment signature = arena.allocate(Curves.SIGNATURE_BYTES);
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, message);
            require(
                    (int) SIGN.invokeExact(signature, MemorySegment.NULL, bytes, bytes.byteSize(), key),
                    "crypto_sign_detached");
            return signature.toArray(JAVA_BYTE);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    /**
     * Whether the signature fits; false also for a key that is no point of the curve.
     *
     * @param publicKey 32 bytes
     * @param signature 64 bytes
     */
    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, message);
            return (int) VERIFY.invokeExact(
                            arena.allocateFrom(JAVA_BYTE, signature),
                            bytes,
                            bytes.byteSize(),
                            arena.allocateFrom(JAVA_BYTE, publicKey))
                    == 0;
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    private static void free(MemorySegment memory) {
        try {
            FREE.invokeExact(memory);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    private static void require(int result, String function) {
        if (result != 0) {
            throw new IllegalStateException("libsodium: " + function + " failed");
        }
    }

    /** {@code sodium_init} chooses the code for this processor; -1 is its only error, 1 says that it was called before. */
    @SuppressWarnings("restricted")
    private static String initialise() {
        try {
            MethodHandle init = LIBRARY.function("sodium_init", JAVA_INT);
            MethodHandle version = LIBRARY.function("sodium_version_string", ADDRESS);
            if ((int) init.invokeExact() < 0) {
                throw new UnsatisfiedLinkError("libsodium: sodium_init failed");
            }
            MemorySegment text = (MemorySegment) version.invokeExact();
            return "libsodium " + text.reinterpret(VERSION_TEXT_LIMIT).getString(0);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }
}
