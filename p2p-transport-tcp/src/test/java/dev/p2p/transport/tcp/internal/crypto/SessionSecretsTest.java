package dev.p2p.transport.tcp.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionSecretsTest {

    private final JsonObject connections = Vectors.file("secret_connection.json");

    @TestFactory
    @DisplayName("SE-05: both keys follow from a shared secret as in each of the 32 published rows")
    Stream<DynamicTest> derivesTheKeysOfEveryPublishedRow() {
        return Vectors.objects(Vectors.file("derive_secrets.json"), "vectors")
                .map(vector -> dynamicTest(Vectors.text(vector, "dh_secret"), () -> {
                    try (SessionSecrets secrets = SessionSecrets.withKeys(
                            new byte[32],
                            Vectors.bytes(vector, "dh_secret"),
                            vector.get("loc_is_least").getAsBoolean())) {
                        assertThat(secrets.receiveKey()).isEqualTo(Vectors.bytes(vector, "recv_secret"));
                        assertThat(secrets.sendKey()).isEqualTo(Vectors.bytes(vector, "send_secret"));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> goesThroughEveryTranscriptStateOfTheVectors() {
        return Vectors.objects(connections, "vectors")
                .map(vector -> dynamicTest(Vectors.text(vector, "name"), () -> {
                    List<JsonObject> steps =
                            Vectors.objects(vector, "transcript_steps").toList();
                    assertThat(steps).hasSize(4);
                    MerlinTranscript transcript = new MerlinTranscript(SessionSecrets.TRANSCRIPT_LABEL);
                    MerlinTranscriptTest.assertStands(transcript.strobe(), steps.get(0));
                    transcript.append(SessionSecrets.LOWER_KEY_LABEL, Vectors.bytes(vector, "lower_ephemeral"));
                    MerlinTranscriptTest.assertStands(transcript.strobe(), steps.get(1));
                    transcript.append(SessionSecrets.UPPER_KEY_LABEL, Vectors.bytes(vector, "upper_ephemeral"));
                    MerlinTranscriptTest.assertStands(transcript.strobe(), steps.get(2));
                    transcript.append(SessionSecrets.SHARED_SECRET_LABEL, Vectors.bytes(vector, "dh_secret"));
                    MerlinTranscriptTest.assertStands(transcript.strobe(), steps.get(3));
                    assertThat(transcript.challenge(SessionSecrets.CHALLENGE_LABEL, 32))
                            .isEqualTo(Vectors.bytes(vector, "challenge"));
                }));
    }

    @TestFactory
    Stream<DynamicNode> agreesAsBothSidesOfEveryHandshakeOfTheVectors() {
        return EverySuite.runs(suite -> Vectors.objects(connections, "vectors")
                .flatMap(vector -> Stream.of(
                        dynamicTest(Vectors.text(vector, "name") + ", side A", () -> agree(suite, vector, "A", "B")),
                        dynamicTest(Vectors.text(vector, "name") + ", side B", () -> agree(suite, vector, "B", "A")))));
    }

    @TestFactory
    Stream<DynamicNode> sealsAndOpensEveryFrameOfTheHandshakesOfTheVectors() {
        return EverySuite.runs(suite -> Vectors.objects(connections, "vectors")
                .flatMap(vector -> Stream.of(
                        dynamicTest(Vectors.text(vector, "name") + ", A to B", () -> exchange(suite, vector, "A", "B")),
                        dynamicTest(
                                Vectors.text(vector, "name") + ", B to A", () -> exchange(suite, vector, "B", "A")))));
    }

    /** The published handshakes have only small first bytes, where a signed comparison would do. */
    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void ordersTheEphemeralKeysAsUnsignedBytes(CryptoSuite suite) throws Exception {
        byte[] low = new byte[32];
        low[0] = 9;
        try (EphemeralKey own = keyWithHighFirstByte(suite);
                SessionSecrets secrets = SessionSecrets.agree(own, low);
                SessionSecrets expected = SessionSecrets.withKeys(new byte[32], own.sharedSecret(low), false)) {
            assertThat(secrets.receiveKey()).isEqualTo(expected.receiveKey());
            assertThat(secrets.sendKey()).isEqualTo(expected.sendKey());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void refusesItsOwnKeySentBack(CryptoSuite suite) {
        try (EphemeralKey own = suite.curves().ephemeralKey(new byte[32])) {
            assertThatThrownBy(() -> SessionSecrets.agree(own, own.publicKey()))
                    .isInstanceOfSatisfying(
                            KeyRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(KeyRefusedException.Reason.REFLECTED));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void refusesAKeyOfLowOrder(CryptoSuite suite) {
        try (EphemeralKey own = suite.curves().ephemeralKey(new byte[32])) {
            assertThatThrownBy(() -> SessionSecrets.agree(own, new byte[32]))
                    .isInstanceOfSatisfying(
                            KeyRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(KeyRefusedException.Reason.LOW_ORDER));
        }
    }

    /**
     * Bit 255 changes nothing about the secret but everything about the challenge: malleated keys must not
     * authenticate.
     */
    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void bindsTheReceivedBytesAndNotThePointTheyStandFor(CryptoSuite suite) throws Exception {
        byte[] remote = new byte[32];
        remote[0] = 9;
        byte[] malleated = remote.clone();
        malleated[31] |= (byte) 0x80;
        try (EphemeralKey own = suite.curves().ephemeralKey(new byte[32]);
                SessionSecrets honest = SessionSecrets.agree(own, remote);
                SessionSecrets altered = SessionSecrets.agree(own, malleated)) {
            assertThat(own.sharedSecret(malleated)).isEqualTo(own.sharedSecret(remote));
            assertThat(altered.challenge()).isNotEqualTo(honest.challenge());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void leavesNothingBehindWhenClosed(CryptoSuite suite) throws Exception {
        try (EphemeralKey own = suite.curves().ephemeralKey(new byte[32]);
                EphemeralKey other = suite.curves().ephemeralKey(Vectors.hex("01".repeat(32)))) {
            SessionSecrets secrets = SessionSecrets.agree(own, other.publicKey());
            secrets.close();
            secrets.close();
            assertThat(secrets.challenge()).containsOnly(0);
            assertThat(secrets.sendKey()).containsOnly(0);
            assertThat(secrets.receiveKey()).containsOnly(0);
        }
    }

    private static EphemeralKey keyWithHighFirstByte(CryptoSuite suite) {
        byte[] scalar = new byte[32];
        while (true) {
            scalar[1]++;
            EphemeralKey key = suite.curves().ephemeralKey(scalar);
            if (key.publicKey()[0] < 0) {
                return key;
            }
            key.close();
        }
    }

    private static void agree(CryptoSuite suite, JsonObject vector, String here, String there) throws Exception {
        JsonObject own = vector.getAsJsonObject(here);
        JsonObject remote = vector.getAsJsonObject(there);
        byte[] remoteKey = Vectors.bytes(remote, "ephemeral_public");
        byte[] material = Vectors.bytes(vector, "hkdf_output_96");
        boolean ownIsLower = own.get("loc_is_least").getAsBoolean();
        try (EphemeralKey key = suite.curves().ephemeralKey(Vectors.bytes(own, "ephemeral_scalar"));
                SessionSecrets secrets = SessionSecrets.agree(key, remoteKey)) {
            assertThat(key.publicKey()).isEqualTo(Vectors.bytes(own, "ephemeral_public"));
            assertThat(Vectors.bytes(own, "ephemeral_wire_message")).endsWith(key.publicKey());
            assertThat(key.sharedSecret(remoteKey)).isEqualTo(Vectors.bytes(vector, "dh_secret"));
            assertThat(Vectors.bytes(vector, ownIsLower ? "lower_ephemeral" : "upper_ephemeral"))
                    .isEqualTo(key.publicKey());
            assertThat(secrets.challenge()).isEqualTo(Vectors.bytes(vector, "challenge"));
            assertThat(secrets.receiveKey()).isEqualTo(Vectors.bytes(own, "recv_key"));
            assertThat(secrets.sendKey()).isEqualTo(Vectors.bytes(own, "send_key"));
            assertThat(ownIsLower ? secrets.receiveKey() : secrets.sendKey())
                    .isEqualTo(Arrays.copyOfRange(material, 0, 32));
            assertThat(ownIsLower ? secrets.sendKey() : secrets.receiveKey())
                    .isEqualTo(Arrays.copyOfRange(material, 32, 64));

            SigningKey signer = suite.curves().signingKey(Vectors.bytes(own, "static_seed"));
            byte[] signature = signer.sign(secrets.challenge());
            assertThat(signer.publicKey()).isEqualTo(Vectors.bytes(own, "static_public"));
            assertThat(signature).isEqualTo(Vectors.bytes(own, "signature"));
            assertThat(Vectors.bytes(own, "auth_sig_message")).endsWith(signature);
            assertThat(suite.curves()
                            .verify(
                                    Vectors.bytes(remote, "static_public"),
                                    secrets.challenge(),
                                    Vectors.bytes(remote, "signature")))
                    .isTrue();
        }
    }

    private static void exchange(CryptoSuite suite, JsonObject vector, String from, String to) throws Exception {
        JsonObject sender = vector.getAsJsonObject(from);
        List<JsonObject> frames = Vectors.objects(sender, "sent_frames").toList();
        assertThat(frames).hasSize(3);
        assertThat(Vectors.bytes(frames.get(0), "data")).isEqualTo(Vectors.bytes(sender, "auth_sig_delimited"));
        byte[] receiveKey = Vectors.bytes(vector.getAsJsonObject(to), "recv_key");
        try (FrameSealer sealer = suite.sealer(Vectors.bytes(sender, "send_key"));
                FrameOpener opener = suite.opener(receiveKey)) {
            for (JsonObject frame : frames) {
                FrameBox box = FrameBox.holding(suite, Vectors.bytes(frame, "data"));
                box.seal(sealer);
                assertThat(box.sealed()).isEqualTo(Vectors.bytes(frame, "sealed_frame"));
                assertThat(box.open(opener)).isEqualTo(Vectors.bytes(frame, "data"));
                assertThat(box.plain()).isEqualTo(Vectors.bytes(frame, "plain_frame"));
            }
        }
    }
}
