package dev.p2p.transport.tcp.internal.crypto;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Curves of the system's libsodium: signatures at less than half of libcrypto's cost, X25519 at about the same. */
final class LibsodiumCurves implements Curves {

    @Override
    public EphemeralKey ephemeralKey(byte[] scalar) {
        return new AgreementKey(KeyRules.requireLength(scalar));
    }

    @Override
    public SigningKey signingKey(byte[] seed) {
        return new SeededKey(Libsodium.loadSeed(KeyRules.requireLength(seed)));
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return SignatureRules.admit(publicKey, signature) && Libsodium.verify(publicKey, message, signature);
    }

    /** libsodium clamps the scalar and masks bit 255 of the peer's coordinate (section 2.2). */
    private static final class AgreementKey implements EphemeralKey {

        private final Arena memory = Arena.ofConfined();
        private final MemorySegment scalar;
        private final byte[] publicKey;
        private boolean closed;

        AgreementKey(byte[] scalar) {
            this.scalar = memory.allocateFrom(JAVA_BYTE, scalar);
            this.publicKey = Libsodium.multiplyBasePoint(this.scalar);
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
            return KeyRules.requireNonZero(Libsodium.multiply(scalar, KeyRules.requireLength(remotePublicKey)));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                scalar.fill((byte) 0);
                memory.close();
            }
        }
    }

    private record SeededKey(MemorySegment key) implements SigningKey {

        @Override
        public byte[] publicKey() {
            return Libsodium.publicKey(key);
        }

        @Override
        public byte[] sign(byte[] message) {
            return Libsodium.sign(key, message);
        }
    }
}
