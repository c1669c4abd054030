package dev.p2p.it.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.p2p.api.NodeKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.XECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The secrets of one connection, by the JDK's providers alone: what both sides sign, and a key and a counter for each direction. */
final class Session {

    private static final byte[] INFO = "TENDERMINT_SECRET_CONNECTION_KEY_AND_CHALLENGE_GEN".getBytes(US_ASCII);

    private final byte[] challenge;
    private final byte[] sendKey;
    private final byte[] receiveKey;
    private long sent;
    private long received;

    private Session(byte[] challenge, byte[] sendKey, byte[] receiveKey) {
        this.challenge = challenge;
        this.sendKey = sendKey;
        this.receiveKey = receiveKey;
    }

    static KeyPair newEphemeral() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("X25519").generateKeyPair();
    }

    /** The u-coordinate, little-endian. */
    static byte[] publicBytes(KeyPair pair) {
        return littleEndian(((XECPublicKey) pair.getPublic()).getU());
    }

    /**
     * @param shown our public key as it was sent, which need not be the pair's
     * @param remote the peer's as it was received
     */
    static Session agree(KeyPair own, byte[] shown, byte[] remote) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own.getPrivate());
        byte[] masked = remote.clone();
        masked[31] &= 0x7f;
        agreement.doPhase(
                KeyFactory.getInstance("X25519")
                        .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, bigInteger(masked))),
                true);
        byte[] secret = agreement.generateSecret();
        boolean first = Arrays.compareUnsigned(shown, remote) < 0;
        Merlin transcript = new Merlin("TENDERMINT_SECRET_CONNECTION_TRANSCRIPT_HASH");
        transcript.append("EPHEMERAL_LOWER_PUBLIC_KEY", first ? shown : remote);
        transcript.append("EPHEMERAL_UPPER_PUBLIC_KEY", first ? remote : shown);
        transcript.append("DH_SECRET", secret);
        byte[] keys = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(INFO, 64));
        byte[] lower = Arrays.copyOf(keys, 32);
        byte[] upper = Arrays.copyOfRange(keys, 32, 64);
        byte[] challenge = transcript.challenge("SECRET_CONNECTION_MAC", 32);
        return first ? new Session(challenge, upper, lower) : new Session(challenge, lower, upper);
    }

    static byte[] sign(NodeKey key, byte[] message) throws IOException {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key.seed())));
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    byte[] challenge() {
        return challenge.clone();
    }

    /** One frame under the next counter. */
    byte[] seal(byte[] plain) throws GeneralSecurityException {
        return crypt(Cipher.ENCRYPT_MODE, sendKey, sent++, plain);
    }

    byte[] open(byte[] sealed) throws GeneralSecurityException {
        return crypt(Cipher.DECRYPT_MODE, receiveKey, received++, sealed);
    }

    private static byte[] crypt(int mode, byte[] key, long counter, byte[] input) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        byte[] nonce = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(4, counter)
                .array();
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        return cipher.doFinal(input);
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] little = new byte[32];
        for (int i = 0; i < big.length && i < 32; i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    private static BigInteger bigInteger(byte[] little) {
        byte[] big = new byte[little.length];
        for (int i = 0; i < little.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        return new BigInteger(1, big);
    }
}
