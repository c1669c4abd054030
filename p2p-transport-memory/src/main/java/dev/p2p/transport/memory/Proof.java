package dev.p2p.transport.memory;

import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/** A key and its signature over a challenge. */
@SuppressWarnings("ArrayRecordComponent") // confined to the handshake; never compared
record Proof(byte[] publicKey, byte[] signature) {

    private static final String ALGORITHM = "Ed25519";

    static Proof of(NodeKey key, Challenge challenge) {
        try {
            PrivateKey secret = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key.seed()));
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(secret);
            signer.update(challenge.bytes());
            return new Proof(key.publicKeyBytes(), signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks Ed25519", e);
        }
    }

    boolean answers(Challenge challenge) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(NodeKey.publicKeyOf(publicKey));
            verifier.update(challenge.bytes());
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    NodeId id() {
        return NodeId.ofPublicKey(publicKey);
    }
}
