package dev.p2p.cli.key;

import dev.p2p.api.NodeKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** How a key stands in a file. Whatever holds the public half too is refused if the halves do not fit. */
enum KeyForm {
    /** CometBFT's {@code node_key.json}. */
    COMETBFT {
        @Override
        NodeKey read(byte[] content) throws IOException {
            return NodeKeyFile.parse(new String(content, StandardCharsets.UTF_8));
        }

        @Override
        byte[] write(NodeKey key) {
            return NodeKeyFile.format(key).getBytes(StandardCharsets.UTF_8);
        }
    },
    /** The seed in hex digits, or seed and public key. */
    HEX {
        @Override
        NodeKey read(byte[] content) {
            String digits = new String(content, StandardCharsets.US_ASCII).strip();
            if (digits.length() != 2 * SEED && digits.length() != 2 * BOTH) {
                throw new IllegalArgumentException("it has " + digits.length() + " characters; a key has " + 2 * SEED
                        + " hex digits, or " + 2 * BOTH + " with its public half");
            }
            try {
                return ofBytes(HexFormat.of().parseHex(digits));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("it has other characters than hex digits", e);
            }
        }

        @Override
        byte[] write(NodeKey key) {
            return (HexFormat.of().formatHex(key.seed()) + "\n").getBytes(StandardCharsets.US_ASCII);
        }
    },
    /** PKCS#8 in PEM armour, as OpenSSL writes it (RFC 8410, section 7). */
    PEM {
        @Override
        NodeKey read(byte[] content) {
            String text = new String(content, StandardCharsets.US_ASCII).strip();
            if (!text.startsWith(PEM_BEGIN) || !text.endsWith(PEM_END)) {
                throw new IllegalArgumentException("it is not framed by \"" + PEM_BEGIN + "\" and \"" + PEM_END + "\"");
            }
            String base64 = text.substring(PEM_BEGIN.length(), text.length() - PEM_END.length());
            return ofDer(Base64.getMimeDecoder().decode(base64));
        }

        @Override
        byte[] write(NodeKey key) {
            byte[] der = Arrays.copyOf(DER_HEAD, DER_HEAD.length + SEED);
            System.arraycopy(key.seed(), 0, der, DER_HEAD.length, SEED);
            String base64 = Base64.getEncoder().encodeToString(der);
            return (PEM_BEGIN + "\n" + base64 + "\n" + PEM_END + "\n").getBytes(StandardCharsets.US_ASCII);
        }
    },
    /** The 32 bytes of the seed, or 64 with the public key. */
    RAW {
        @Override
        NodeKey read(byte[] content) {
            return ofBytes(content);
        }

        @Override
        byte[] write(NodeKey key) {
            return key.seed();
        }
    };

    private static final int SEED = NodeKey.SEED_BYTES;
    private static final int BOTH = NodeKey.SEED_BYTES + NodeKey.PUBLIC_KEY_BYTES;
    private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";

    /** OneAsymmetricKey of version 1 with id-Ed25519, up to the seed (RFC 8410, section 10.3, first example). */
    private static final byte[] DER_HEAD = HexFormat.of().parseHex("302e020100300506032b657004220420");

    /** The same of version 2, in which the public key follows. */
    private static final byte[] DER_HEAD_2 = HexFormat.of().parseHex("3051020101300506032b657004220420");

    private static final byte[] DER_PUBLIC = HexFormat.of().parseHex("812100");

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException if the content is something else, or the halves do not fit
     * @throws IOException if the content is no JSON where it should be
     */
    abstract NodeKey read(byte[] content) throws IOException;

    /** A file's content. */
    abstract byte[] write(NodeKey key);

    private static NodeKey ofDer(byte[] der) {
        if (startsWith(der, DER_HEAD) && der.length == DER_HEAD.length + SEED) {
            return ofBytes(Arrays.copyOfRange(der, DER_HEAD.length, der.length));
        }
        int middle = DER_HEAD_2.length + SEED;
        boolean second = startsWith(der, DER_HEAD_2)
                && der.length == middle + DER_PUBLIC.length + NodeKey.PUBLIC_KEY_BYTES
                && startsWith(Arrays.copyOfRange(der, middle, der.length), DER_PUBLIC);
        if (!second) {
            throw new IllegalArgumentException("it is no Ed25519 key in PKCS#8 (RFC 8410)");
        }
        byte[] both = Arrays.copyOf(Arrays.copyOfRange(der, DER_HEAD_2.length, middle), BOTH);
        System.arraycopy(der, middle + DER_PUBLIC.length, both, SEED, NodeKey.PUBLIC_KEY_BYTES);
        return ofBytes(both);
    }

    private static NodeKey ofBytes(byte[] bytes) {
        if (bytes.length != SEED && bytes.length != BOTH) {
            throw new IllegalArgumentException(
                    "it has " + bytes.length + " bytes; a key has " + SEED + ", or " + BOTH + " with its public half");
        }
        NodeKey key = NodeKey.ofSeed(Arrays.copyOf(bytes, SEED));
        if (bytes.length == BOTH && !Arrays.equals(key.publicKeyBytes(), Arrays.copyOfRange(bytes, SEED, BOTH))) {
            throw new IllegalArgumentException("its public half does not belong to its secret half");
        }
        return key;
    }

    private static boolean startsWith(byte[] bytes, byte[] head) {
        return bytes.length >= head.length && Arrays.equals(bytes, 0, head.length, head, 0, head.length);
    }
}
