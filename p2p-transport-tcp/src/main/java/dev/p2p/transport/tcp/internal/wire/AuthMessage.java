package dev.p2p.transport.tcp.internal.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.io.IOException;

/**
 * The proof of identity (section 2.6): a static public key and its signature over the challenge.
 *
 * <p>Wire form: {@code 0a 22 0a 20 <32-byte key> 12 40 <64-byte signature>}.
 */
@SuppressWarnings("ArrayRecordComponent") // confined to the handshake; never compared
record AuthMessage(byte[] publicKey, byte[] signature) {

    /** The longest message that is read; honest ones have 102 bytes. */
    static final int MAX_BYTES = 1_024;

    private static final int LAST_FIELD = 2;
    private static final int LAST_KIND_OF_KEY = 3;
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final byte[] KEY_PREFIX = {0x0a, KEY_BYTES + 2, 0x0a, KEY_BYTES};
    private static final byte[] SIGNATURE_PREFIX = {0x12, SIGNATURE_BYTES};

    byte[] encode() {
        byte[] out = new byte[KEY_PREFIX.length + KEY_BYTES + SIGNATURE_PREFIX.length + SIGNATURE_BYTES];
        System.arraycopy(KEY_PREFIX, 0, out, 0, KEY_PREFIX.length);
        System.arraycopy(publicKey, 0, out, KEY_PREFIX.length, KEY_BYTES);
        int at = KEY_PREFIX.length + KEY_BYTES;
        System.arraycopy(SIGNATURE_PREFIX, 0, out, at, SIGNATURE_PREFIX.length);
        System.arraycopy(signature, 0, out, at + SIGNATURE_PREFIX.length, SIGNATURE_BYTES);
        return out;
    }

    /**
     * Reads a message.
     *
     * @throws TransportException with {@code HANDSHAKE_FAILED} if it does not decode or holds no Ed25519 key and signature
     */
    static AuthMessage decode(byte[] bytes) throws TransportException {
        try {
            byte[] key = {};
            byte[] signature = {};
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (tag) {
                    case 0x0a -> key = ed25519(in.readByteArray());
                    case 0x12 -> signature = in.readByteArray();
                    default -> skip(in, tag, LAST_FIELD);
                }
            }
            if (key.length != KEY_BYTES || signature.length != SIGNATURE_BYTES) {
                throw new IOException("an Ed25519 key and its signature are missing");
            }
            return new AuthMessage(key, signature);
        } catch (IOException e) {
            throw new TransportException(
                    Reason.HANDSHAKE_FAILED, "the peer's proof of identity does not decode: " + e.getMessage(), e);
        }
    }

    /** The key in a {@code PublicKey} message if its last case is Ed25519, else nothing. */
    private static byte[] ed25519(byte[] message) throws IOException {
        byte[] key = {};
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 0x0a -> key = in.readByteArray();
                case 0x12, 0x1a -> {
                    in.readByteArray();
                    key = new byte[0];
                }
                default -> skip(in, tag, LAST_KIND_OF_KEY);
            }
        }
        return key;
    }

    /** Skips a field that is not known; a known one gets here if its wire type is wrong. */
    private static void skip(CodedInputStream in, int tag, int lastKnown) throws IOException {
        boolean group = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP;
        if (WireFormat.getTagFieldNumber(tag) <= lastKnown || group || !in.skipField(tag)) {
            throw new IOException("an unexpected field");
        }
    }
}
