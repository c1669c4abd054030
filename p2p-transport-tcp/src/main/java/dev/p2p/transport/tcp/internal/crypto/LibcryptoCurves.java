package dev.p2p.transport.tcp.internal.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Curves of the system's libcrypto, a sixth of the JDK's cost; {@link LibsodiumCurves} cost less.
 *
 * <p>A signing key is loaded once and used as often as needed: loading a seed makes libcrypto compute the public key anew.
 * A signing key is shared by threads, so the collector frees it: no thread can then use one that another freed.
 * libcrypto wipes keys when it frees them.
 */
final class LibcryptoCurves implements Curves {

    @Override
    public EphemeralKey ephemeralKey(byte[] scalar) {
        return new AgreementKey(LibcryptoKeys.loadScalar(KeyRules.requireLength(scalar)));
    }

    @Override
    public SigningKey signingKey(byte[] seed) {
        return new SeededKey(LibcryptoKeys.loadSeed(KeyRules.requireLength(seed)));
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return SignatureRules.admit(publicKey, signature) && LibcryptoKeys.verify(publicKey, message, signature);
    }

    private static final class AgreementKey implements EphemeralKey {

        private final MemorySegment scalar;
        private final byte[] publicKey;
        private boolean closed;

        AgreementKey(MemorySegment scalar) {
            this.scalar = scalar;
            this.publicKey = LibcryptoKeys.multiplyBasePoint(scalar);
        }

        @Override
        public byte[] publicKey() {
            return publicKey.clone();
        }

        @Override
        public byte[] sharedSecret(byte[] remotePublicKey) throws KeyRefusedException {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            byte[] remote = KeyRules.requireLength(remotePublicKey).clone();
            remote[KEY_BYTES - 1] &= 0x7f; // section 2.2; libcrypto does it too, but does not promise it
            return KeyRules.requireNonZero(LibcryptoKeys.multiply(scalar, remote));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                LibcryptoKeys.freeScalar(scalar);
            }
        }
    }

    private static final class SeededKey implements SigningKey {

        private final MemorySegment key;
        private final byte[] publicKey;

        @SuppressWarnings("restricted") // gives the native key to the collector
        SeededKey(MemorySegment key) {
            this.key = key.reinterpret(Arena.ofAuto(), LibcryptoKeys::free);
            this.publicKey = LibcryptoKeys.publicKey(key);
        }

        @Override
        public byte[] publicKey() {
            return publicKey.clone();
        }

        @Override
        public byte[] sign(byte[] message) {
            return LibcryptoKeys.sign(key, message);
        }
    }
}
