package dev.p2p.transport.tcp.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What both sides know after the ephemeral exchange and nobody else does: the challenge that each signs with its static
 * key, and one AEAD key per direction (sections 2.1 to 2.4).
 *
 * <p>The arrays are lent, not copied; {@link #close()} wipes them. Confined to one thread.
 */
public final class SessionSecrets implements AutoCloseable {

    /** Labels of section 2.3. */
    static final String TRANSCRIPT_LABEL = "TENDERMINT_SECRET_CONNECTION_TRANSCRIPT_HASH";

    static final String LOWER_KEY_LABEL = "EPHEMERAL_LOWER_PUBLIC_KEY";
    static final String UPPER_KEY_LABEL = "EPHEMERAL_UPPER_PUBLIC_KEY";
    static final String SHARED_SECRET_LABEL = "DH_SECRET";
    static final String CHALLENGE_LABEL = "SECRET_CONNECTION_MAC";

    /** HKDF info of section 2.4. */
    private static final byte[] KEY_INFO = "TENDERMINT_SECRET_CONNECTION_KEY_AND_CHALLENGE_GEN".getBytes(US_ASCII);

    private static final int CHALLENGE_BYTES = 32;

    /** Go derives 96 bytes and ignores the last 32; HKDF's first 64 are the same either way. */
    private static final int KEY_MATERIAL_BYTES = 2 * FrameLayout.KEY_BYTES;

    private final byte[] challenge;
    private final byte[] sendKey;
    private final byte[] receiveKey;

    private SessionSecrets(byte[] challenge, byte[] sendKey, byte[] receiveKey) {
        this.challenge = challenge;
        this.sendKey = sendKey;
        this.receiveKey = receiveKey;
    }

    /**
     * Computes the secrets of one connection. The caller still closes {@code own}.
     *
     * @param own our ephemeral key
     * @param remotePublicKey the peer's 32 bytes exactly as received: the transcript binds these, so they must never be
     *     encoded anew
     * @throws KeyRefusedException if the peer's key is our own or has a low order; close the connection
     */
    public static SessionSecrets agree(EphemeralKey own, byte[] remotePublicKey) throws KeyRefusedException {
        byte[] ownPublicKey = own.publicKey();
        int order = Arrays.compareUnsigned(ownPublicKey, remotePublicKey);
        if (order == 0) {
            throw new KeyRefusedException(KeyRefusedException.Reason.REFLECTED);
        }
        boolean ownIsLower = order < 0;
        byte[] sharedSecret = own.sharedSecret(remotePublicKey);
        try {
            byte[] challenge = ownIsLower
                    ? challenge(ownPublicKey, remotePublicKey, sharedSecret)
                    : challenge(remotePublicKey, ownPublicKey, sharedSecret);
            return withKeys(challenge, sharedSecret, ownIsLower);
        } finally {
            Arrays.fill(sharedSecret, (byte) 0);
        }
    }

    /** The 32 bytes that each side signs; the same on both. */
    public byte[] challenge() {
        return challenge;
    }

    /** Key of the frames that we seal, 32 bytes. */
    public byte[] sendKey() {
        return sendKey;
    }

    /** Key of the frames that we open, 32 bytes. */
    public byte[] receiveKey() {
        return receiveKey;
    }

    /** Wipes the three arrays. Harmless when repeated. */
    @Override
    public void close() {
        Arrays.fill(challenge, (byte) 0);
        Arrays.fill(sendKey, (byte) 0);
        Arrays.fill(receiveKey, (byte) 0);
    }

    private static byte[] challenge(byte[] lowerKey, byte[] upperKey, byte[] sharedSecret) {
        MerlinTranscript transcript = new MerlinTranscript(TRANSCRIPT_LABEL);
        try {
            transcript.append(LOWER_KEY_LABEL, lowerKey);
            transcript.append(UPPER_KEY_LABEL, upperKey);
            transcript.append(SHARED_SECRET_LABEL, sharedSecret);
            return transcript.challenge(CHALLENGE_LABEL, CHALLENGE_BYTES);
        } finally {
            transcript.wipe();
        }
    }

    /** Section 2.4: the side with the lower key receives with the first half. */
    static SessionSecrets withKeys(byte[] challenge, byte[] sharedSecret, boolean ownIsLower) {
        byte[] material = expand(sharedSecret);
        try {
            byte[] first = Arrays.copyOfRange(material, 0, FrameLayout.KEY_BYTES);
            byte[] second = Arrays.copyOfRange(material, FrameLayout.KEY_BYTES, KEY_MATERIAL_BYTES);
            return ownIsLower
                    ? new SessionSecrets(challenge, second, first)
                    : new SessionSecrets(challenge, first, second);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    /** HKDF-SHA256 without salt (RFC 5869, section 2.2: a missing salt is 32 zero bytes). */
    private static byte[] expand(byte[] sharedSecret) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(sharedSecret)
                            .thenExpand(KEY_INFO, KEY_MATERIAL_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks HKDF-SHA256", e);
        }
    }
}
