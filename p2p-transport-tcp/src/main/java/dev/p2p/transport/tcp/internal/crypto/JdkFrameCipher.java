package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Frames through the JDK's cipher: one object per direction, initialised anew for each frame because the JDK wants the
 * nonce there, on {@code byte[]} because that is its fastest way.
 *
 * <p>Allocates about 2.2 KB per frame inside the JDK. The JDK's copies of the key cannot be wiped; they go with the
 * garbage.
 */
final class JdkFrameCipher implements FrameCipher {

    private static final String TRANSFORMATION = "ChaCha20-Poly1305";

    private final Cipher cipher;
    private final SecretKey key;
    private final int operation;
    private final byte[] nonce = new byte[FrameLayout.NONCE_BYTES];

    JdkFrameCipher(byte[] key, Mode mode) {
        this.key = new SecretKeySpec(FrameLayout.requireKey(key), "ChaCha20");
        this.operation = mode == Mode.SEAL ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        try {
            this.cipher = Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks " + TRANSFORMATION, e);
        }
    }

    @Override
    public boolean crypt(ByteBuffer frames, int offset, long counter) {
        if (!frames.hasArray()) {
            throw new IllegalArgumentException("the jdk suite works on heap buffers only");
        }
        int length = operation == Cipher.ENCRYPT_MODE ? FrameLayout.PLAIN : FrameLayout.SEALED;
        int start = frames.arrayOffset() + offset;
        try {
            cipher.init(operation, key, nonce(counter));
            cipher.doFinal(frames.array(), start, length, frames.array(), start);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("the JDK refuses a key and nonce that it used before", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's cipher failed", e);
        }
    }

    @Override
    public void close() {
        // nothing that the JDK would wipe
    }

    private IvParameterSpec nonce(long counter) {
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[FrameLayout.COUNTER_OFFSET + i] = (byte) (counter >>> (Byte.SIZE * i));
        }
        return new IvParameterSpec(nonce);
    }
}
