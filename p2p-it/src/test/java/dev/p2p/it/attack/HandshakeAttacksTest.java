package dev.p2p.it.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Everything that a peer can do wrong before it is admitted, except for being slow ({@link SlowAttacksTest}). */
class HandshakeAttacksTest {

    private static final byte[] TALK = {(byte) Siege.TALK};

    private static Siege siege;

    @BeforeAll
    static void besiege() throws IOException {
        siege = new Siege(builder -> {});
    }

    @AfterAll
    static void lift() {
        siege.close();
    }

    @Test
    void anotherProtocol() throws IOException {
        siege.repels(
                Reason.HANDSHAKE_FAILED,
                attacker -> attacker.raw("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".getBytes(UTF_8)));
    }

    @Test
    void aLengthOfOneMebibyteBeforeTheEphemeralKey() throws IOException {
        siege.repels(
                Reason.HANDSHAKE_FAILED, attacker -> attacker.raw(Wire.join(Wire.varint(1 << 20), new byte[1_024])));
    }

    @Test
    @DisplayName("SE-13: an ephemeral key of low order is refused, whichever it is")
    void anEphemeralKeyOfLowOrder() throws IOException {
        List<byte[]> points = vectors("low_order_points.json", "reject", "u");
        siege.repels(Reason.HANDSHAKE_FAILED, points.size(), eachOf(points, (attacker, point) -> {
            attacker.raw(Wire.join(Wire.hex("220a20"), point));
        }));
    }

    @Test
    @DisplayName("SE-13: the node's own ephemeral key sent back is refused")
    void theNodesOwnEphemeralKeySentBack() throws IOException {
        siege.repels(
                Reason.HANDSHAKE_FAILED,
                attacker -> attacker.raw(Wire.join(Wire.hex("220a20"), attacker.receiveKey())));
    }

    @Test
    void anEphemeralKeyAlteredOnTheWaySoThatTheSecretStaysTheSame() throws IOException {
        siege.repels(Reason.BAD_SIGNATURE, attacker -> {
            byte[] honest = attacker.hello();
            byte[] altered = honest.clone();
            altered[altered.length - 1] |= (byte) 0x80;
            attacker.raw(altered);
            // The order of the keys decides who uses which, so a victim whose key changed sides sees garbage instead.
            byte[] remote = attacker.receiveKey();
            byte[] shown = Arrays.copyOfRange(honest, 3, 35);
            byte[] seen = Arrays.copyOfRange(altered, 3, 35);
            boolean sameOrder = Arrays.compareUnsigned(shown, remote) < 0 == Arrays.compareUnsigned(seen, remote) < 0;
            attacker.agree(sameOrder ? shown : seen, remote);
            byte[] proof = sameOrder
                    ? attacker.proof()
                    : Wire.proof(attacker.key().publicKeyBytes(), Session.sign(attacker.key(), new byte[32]));
            attacker.stream(Wire.delimited(proof));
        });
    }

    @Test
    void aSignatureWithOneBitChanged() throws IOException {
        siege.repels(Reason.BAD_SIGNATURE, attacker -> {
            attacker.exchangeKeys();
            byte[] signature = attacker.signature();
            signature[5] ^= 1;
            attacker.stream(Wire.delimited(Wire.proof(attacker.key().publicKeyBytes(), signature)));
        });
    }

    @Test
    @DisplayName("SE-13 RT-15c: a signature by another key than the one that is shown is refused")
    void aSignatureOfAnotherKey() throws IOException {
        byte[] victim = NodeKey.generate(new SecureRandom()).publicKeyBytes();
        siege.repels(
                Reason.BAD_SIGNATURE,
                attacker -> attacker.exchangeKeys().stream(Wire.delimited(Wire.proof(victim, attacker.signature()))));
    }

    @Test
    void aSignatureWhoseScalarIsNotReduced() throws IOException {
        byte[] order = Wire.hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        siege.repels(Reason.BAD_SIGNATURE, attacker -> {
            attacker.exchangeKeys();
            byte[] signature = attacker.signature();
            int carry = 0;
            for (int i = 0; i < 32; i++) {
                int sum = (signature[32 + i] & 0xff) + (order[i] & 0xff) + carry;
                signature[32 + i] = (byte) sum;
                carry = sum >> 8;
            }
            attacker.stream(Wire.delimited(Wire.proof(attacker.key().publicKeyBytes(), signature)));
        });
    }

    @Test
    void theProofOfAnotherConnection() throws IOException {
        NodeKey victim = NodeKey.generate(new SecureRandom());
        byte[] recorded;
        try (HostilePeer earlier = HostilePeer.dial(siege.place(), victim, "127.0.0.1")) {
            recorded = earlier.exchangeKeys().proof();
            siege.repels(Reason.BAD_SIGNATURE, attacker -> attacker.exchangeKeys().stream(Wire.delimited(recorded)));
        }
    }

    @Test
    void anIdentityOfSmallOrderWithItsForgedSignature() throws IOException {
        byte[] forged = new byte[64];
        forged[0] = 1;
        List<byte[]> keys = vectors("ed25519_small_order.json", "vectors", "encoding");
        siege.repels(Reason.BAD_SIGNATURE, keys.size(), eachOf(keys, (attacker, key) -> {
            attacker.exchangeKeys().stream(Wire.delimited(Wire.proof(key, forged)));
        }));
    }

    @Test
    void aKeyOfAnotherKind() throws IOException {
        siege.repels(Reason.HANDSHAKE_FAILED, attacker -> {
            attacker.exchangeKeys();
            byte[] secp256k1 = new Wire().bytes(2, new byte[33]).toBytes();
            attacker.stream(Wire.delimited(new Wire()
                    .bytes(1, secp256k1)
                    .bytes(2, attacker.signature())
                    .toBytes()));
        });
    }

    @Test
    void noKeyAtAll() throws IOException {
        siege.repels(Reason.HANDSHAKE_FAILED, attacker -> {
            attacker.exchangeKeys();
            attacker.stream(
                    Wire.delimited(new Wire().bytes(2, attacker.signature()).toBytes()));
        });
    }

    @Test
    void aProofThatIsTooLong() throws IOException {
        siege.repels(Reason.HANDSHAKE_FAILED, attacker -> {
            attacker.exchangeKeys();
            byte[] padding = new byte[1_025 - attacker.proof().length - 3];
            attacker.stream(Wire.delimited(
                    Wire.join(attacker.proof(), new Wire().bytes(9, padding).toBytes())));
        });
    }

    @Test
    void aProofThatClaimsAGigabyte() throws IOException {
        siege.repels(Reason.HANDSHAKE_FAILED, attacker -> attacker.exchangeKeys().stream(Wire.varint(1 << 30)));
    }

    @Test
    void nodeInformationThatIsTooLong() throws IOException {
        siege.repels(Reason.INVALID_NODE_INFO, attacker -> {
            byte[] info = attacker.exchangeKeys().prove().info(TALK);
            byte[] padding = new byte[10_241 - info.length - 3];
            attacker.stream(
                    Wire.delimited(Wire.join(info, new Wire().bytes(15, padding).toBytes())));
        });
    }

    @Test
    void nodeInformationThatDoesNotDecode() throws IOException {
        siege.repels(
                Reason.INVALID_NODE_INFO,
                attacker -> attacker.exchangeKeys().prove().stream(Wire.delimited(Wire.hex("ffffffffff"))));
    }

    @Test
    void nodeInformationWithAThousandNestedGroups() throws IOException {
        byte[] groups = new byte[2_000];
        Arrays.fill(groups, (byte) 0x7b); // field 15, start of a group
        siege.repels(Reason.INVALID_NODE_INFO, attacker -> {
            byte[] info = attacker.exchangeKeys().prove().info(TALK);
            attacker.stream(Wire.delimited(Wire.join(info, groups)));
        });
    }

    @Test
    void nodeInformationWithSeventeenChannels() throws IOException {
        byte[] channels = new byte[17];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = (byte) (Siege.TALK + i);
        }
        siege.repels(
                Reason.INVALID_NODE_INFO,
                attacker -> attacker.exchangeKeys().prove().stream(Wire.delimited(attacker.info(channels))));
    }

    @Test
    void nodeInformationThatMovesTheReadersCursor() throws IOException {
        siege.repels(
                Reason.INVALID_NODE_INFO,
                attacker -> attacker.exchangeKeys().prove().stream(Wire.delimited(Wire.join(
                        attacker.info(TALK),
                        new Wire().text(7, "\u001b[2J\u001b[1;1Hroot@").toBytes()))));
    }

    @Test
    @DisplayName("RT-15c: node information that names another identity than the proven one is refused")
    void nodeInformationOfSomebodyElse() throws IOException {
        String other = NodeKey.generate(new SecureRandom()).id().toString();
        siege.repels(
                Reason.INVALID_NODE_INFO,
                attacker -> attacker.exchangeKeys().prove().stream(Wire.delimited(
                        Wire.join(attacker.info(TALK), new Wire().text(2, other).toBytes()))));
    }

    @Test
    void aPeerOfAnotherNetwork() throws IOException {
        siege.repels(
                Reason.WRONG_NETWORK,
                attacker -> attacker.exchangeKeys().prove().stream(
                        Wire.delimited(attacker.infoWithoutChannels("elsewhere", 11)
                                .bytes(6, TALK)
                                .toBytes())));
    }

    @Test
    void aPeerOfAnotherBlockVersion() throws IOException {
        siege.repels(
                Reason.WRONG_BLOCK_VERSION,
                attacker -> attacker.exchangeKeys().prove().stream(
                        Wire.delimited(attacker.infoWithoutChannels(Siege.NETWORK, 10)
                                .bytes(6, TALK)
                                .toBytes())));
    }

    @Test
    void aPeerWithoutACommonChannel() throws IOException {
        siege.repels(
                Reason.NO_COMMON_CHANNEL,
                attacker -> attacker.exchangeKeys().prove().stream(Wire.delimited(attacker.info((byte) 0x01))));
    }

    @Test
    void aForgedFrame() throws IOException {
        siege.repels(Reason.BAD_FRAME, attacker -> {
            attacker.exchangeKeys();
            byte[] proof = Wire.delimited(attacker.proof());
            byte[] frame = attacker.frame(proof.length, proof);
            frame[700] ^= 1;
            attacker.raw(frame);
        });
    }

    private interface With<T> {
        void strike(HostilePeer attacker, T value) throws IOException;
    }

    /** Takes another value for each attacker, in turn. */
    private static <T> Siege.Attack eachOf(List<T> values, With<T> attack) {
        int[] next = {0};
        return attacker -> attack.strike(attacker, values.get(next[0]++ % values.size()));
    }

    private static List<byte[]> vectors(String file, String list, String field) throws IOException {
        Path path = Path.of("..", "p2p-transport-tcp", "src", "test", "resources", "vectors", file);
        JsonObject all = JsonParser.parseString(Files.readString(path)).getAsJsonObject();
        return all.getAsJsonArray(list).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(row -> Wire.hex(row.get(field).getAsString()))
                .toList();
    }
}
