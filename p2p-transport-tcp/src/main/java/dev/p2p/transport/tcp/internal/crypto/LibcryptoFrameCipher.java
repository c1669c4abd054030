package dev.p2p.transport.tcp.internal.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Frames through libcrypto: one EVP context per direction, keyed once; a frame costs four down-calls and no allocation.
 *
 * <p>Addresses travel as plain numbers, so the caller's checks of offset and room are what keeps native code inside
 * the buffer.
 */
final class LibcryptoFrameCipher implements FrameCipher {

    /** {@code EVP_CTRL_AEAD_GET_TAG} and {@code EVP_CTRL_AEAD_SET_TAG} of {@code openssl/evp.h}. */
    private static final int GET_TAG = 0x10;

    private static final int SET_TAG = 0x11;

    /** Fetched once: {@code EVP_chacha20_poly1305} would be looked up anew for each connection. */
    private static final MemorySegment CIPHER = fetch("ChaCha20-Poly1305");

    private static final MethodHandle NEW = Libcrypto.function("EVP_CIPHER_CTX_new", ADDRESS);
    private static final MethodHandle FREE = Libcrypto.function("EVP_CIPHER_CTX_free", null, ADDRESS);
    private static final MethodHandle INIT =
            Libcrypto.function("EVP_CipherInit_ex", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle UPDATE =
            Libcrypto.function("EVP_CipherUpdate", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FINAL =
            Libcrypto.function("EVP_CipherFinal_ex", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle CONTROL =
            Libcrypto.function("EVP_CIPHER_CTX_ctrl", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_LONG);

    private static final ValueLayout.OfLong COUNTER = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment context;
    private final int enciphers;

    /**
     * The nonce, its first four bytes zero for ever, and the count of bytes that OpenSSL reports; the collector frees
     * them.
     */
    private final MemorySegment nonce;

    private final MemorySegment written;

    LibcryptoFrameCipher(byte[] key, Mode mode) {
        FrameLayout.requireKey(key);
        this.enciphers = mode == Mode.SEAL ? 1 : 0;
        MemorySegment scratch =
                Arena.ofAuto().allocate(FrameLayout.NONCE_BYTES + JAVA_INT.byteSize(), JAVA_INT.byteSize());
        this.nonce = scratch.asSlice(0, FrameLayout.NONCE_BYTES);
        this.written = scratch.asSlice(FrameLayout.NONCE_BYTES);
        try (Arena arena = Arena.ofConfined()) {
            this.context = Libcrypto.require((MemorySegment) NEW.invokeExact(), "EVP_CIPHER_CTX_new");
            MemorySegment nativeKey = arena.allocateFrom(JAVA_BYTE, key);
            int keyed = init(CIPHER, nativeKey, nonce);
            nativeKey.fill((byte) 0);
            if (keyed != 1) {
                close();
            }
            Libcrypto.require(keyed, "EVP_CipherInit_ex");
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    @Override
    public boolean crypt(ByteBuffer frames, int offset, long counter) {
        if (!frames.isDirect()) {
            throw new IllegalArgumentException("the libcrypto suite works on direct buffers only");
        }
        long frame = MemorySegment.ofBuffer(frames).address() - frames.position() + offset;
        nonce.set(COUNTER, FrameLayout.COUNTER_OFFSET, counter);
        try {
            Libcrypto.require(init(MemorySegment.NULL, MemorySegment.NULL, nonce), "EVP_CipherInit_ex");
            return enciphers == 1 ? seal(frame) : open(frame);
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        } finally {
            Reference.reachabilityFence(frames);
        }
    }

    @Override
    public void close() {
        try {
            FREE.invokeExact(context); // cleanses the key, see EVP_CIPHER_CTX_free(3)
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    private boolean seal(long frame) throws Throwable {
        long tag = frame + FrameLayout.PLAIN;
        Libcrypto.require(
                (int) UPDATE.invokeExact(context, frame, written, frame, FrameLayout.PLAIN), "EVP_CipherUpdate");
        Libcrypto.require((int) FINAL.invokeExact(context, tag, written), "EVP_CipherFinal_ex");
        Libcrypto.require(
                (int) CONTROL.invokeExact(context, GET_TAG, FrameLayout.TAG_BYTES, tag), "EVP_CTRL_AEAD_GET_TAG");
        return true;
    }

    private boolean open(long frame) throws Throwable {
        long tag = frame + FrameLayout.PLAIN;
        Libcrypto.require(
                (int) CONTROL.invokeExact(context, SET_TAG, FrameLayout.TAG_BYTES, tag), "EVP_CTRL_AEAD_SET_TAG");
        Libcrypto.require(
                (int) UPDATE.invokeExact(context, frame, written, frame, FrameLayout.PLAIN), "EVP_CipherUpdate");
        boolean authentic = (int) FINAL.invokeExact(context, tag, written) == 1;
        if (!authentic) {
            Libcrypto.clearErrors();
        }
        return authentic;
    }

    private static MemorySegment fetch(String name) {
        MethodHandle fetch = Libcrypto.function("EVP_CIPHER_fetch", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            return Libcrypto.require(
                    (MemorySegment) fetch.invokeExact(MemorySegment.NULL, arena.allocateFrom(name), MemorySegment.NULL),
                    "EVP_CIPHER_fetch");
        } catch (Throwable e) {
            throw NativeLibrary.rethrown(e);
        }
    }

    private int init(MemorySegment cipher, MemorySegment key, MemorySegment iv) throws Throwable {
        return (int) INIT.invokeExact(context, cipher, MemorySegment.NULL, key, iv, enciphers);
    }
}
