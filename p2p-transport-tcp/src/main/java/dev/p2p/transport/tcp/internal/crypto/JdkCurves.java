package dev.p2p.transport.tcp.internal.crypto;

import dev.p2p.api.NodeKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** Curves of the JDK's own providers: present everywhere, about six times the cost of libcrypto. */
final class JdkCurves implements Curves {

    private static final String X25519 = "X25519";
    private static final String ED25519 = "Ed25519";

    /** The u-coordinate of the base point (RFC 7748, section 4.1). */
    private static final byte[] BASE_POINT = {
        9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    @Override
    public EphemeralKey ephemeralKey(byte[] scalar) {
        return new AgreementKey(KeyRules.requireLength(scalar));
    }

    @Override
    public SigningKey signingKey(byte[] seed) {
        return new SeededKey(KeyRules.requireLength(seed));
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (!SignatureRules.admit(publicKey, signature)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ED25519);
            verifier.initVerify(NodeKey.publicKeyOf(publicKey));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (InvalidKeyException | SignatureException | IllegalArgumentException e) {
            return false; // the key or R is no point of the curve
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this Java platform lacks a required algorithm", e);
    }

    private static final class AgreementKey implements EphemeralKey {

        private final byte[] scalar;
        private final byte[] publicKey;
        private boolean closed;

        AgreementKey(byte[] scalar) {
            this.scalar = scalar.clone();
            try {
                this.publicKey = multiply(BASE_POINT);
            } catch (InvalidKeyException e) {
                throw missing(e); // the base point has a large order
            }
        }

        @Override
        public byte[] publicKey() {
            return publicKey.clone();
        }

        @Override
        public byte[] sharedSecret(byte[] remotePublicKey) throws KeyRefusedException {
            KeyRules.requireLength(remotePublicKey);
            if (closed) {
                throw new IllegalStateException("closed");
            }
            try {
                return KeyRules.requireNonZero(multiply(remotePublicKey));
            } catch (InvalidKeyException e) {
                throw new KeyRefusedException(KeyRefusedException.Reason.LOW_ORDER); // how the JDK says so
            }
        }

        @Override
        public void close() {
            closed = true;
            Arrays.fill(scalar, (byte) 0);
        }

        private byte[] multiply(byte[] u) throws InvalidKeyException {
            try {
                KeyFactory factory = KeyFactory.getInstance(X25519);
                KeyAgreement agreement = KeyAgreement.getInstance(X25519);
                agreement.init(factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
                agreement.doPhase(
                        factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate(u))), true);
                return agreement.generateSecret();
            } catch (InvalidKeyException e) {
                throw e;
            } catch (GeneralSecurityException e) {
                throw missing(e);
            }
        }

        /** Bit 255 is masked here because the JDK would reduce it into another coordinate (section 2.2). */
        private static BigInteger coordinate(byte[] littleEndian) {
            byte[] bigEndian = new byte[KEY_BYTES];
            for (int i = 0; i < KEY_BYTES; i++) {
                bigEndian[i] = littleEndian[KEY_BYTES - 1 - i];
            }
            bigEndian[0] &= 0x7f;
            return new BigInteger(1, bigEndian);
        }
    }

    private static final class SeededKey implements SigningKey {

        private final PrivateKey privateKey;
        private final byte[] publicKey;

        SeededKey(byte[] seed) {
            this.publicKey = NodeKey.ofSeed(seed).publicKeyBytes();
            try {
                this.privateKey = KeyFactory.getInstance(ED25519)
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            } catch (GeneralSecurityException e) {
                throw missing(e);
            }
        }

        @Override
        public byte[] publicKey() {
            return publicKey.clone();
        }

        @Override
        public byte[] sign(byte[] message) {
            try {
                Signature signer = Signature.getInstance(ED25519);
                signer.initSign(privateKey);
                signer.update(message);
                return signer.sign();
            } catch (GeneralSecurityException e) {
                throw missing(e);
            }
        }
    }
}
