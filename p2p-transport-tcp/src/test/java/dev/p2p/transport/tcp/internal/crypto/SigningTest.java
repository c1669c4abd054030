package dev.p2p.transport.tcp.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.p2p.api.NodeId;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningTest {

    private static final byte[] SEED = Vectors.hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final byte[] MESSAGE = {1, 2, 3};

    @TestFactory
    Stream<DynamicNode> signsAndVerifiesAsInRfc8032() {
        record Answer(String name, String seed, String publicKey, String message, String signature) {}
        List<Answer> answers = List.of(
                new Answer(
                        "section 7.1, test 1, empty message",
                        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                        "",
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
                new Answer(
                        "section 7.1, test 2",
                        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                        "72",
                        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
                new Answer(
                        "section 7.1, test 3",
                        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                        "af82",
                        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));
        return EverySuite.runs(suite -> answers.stream()
                .map(answer -> dynamicTest(answer.name(), () -> {
                    SigningKey key = suite.curves().signingKey(Vectors.hex(answer.seed()));
                    byte[] message = Vectors.hex(answer.message());
                    byte[] signature = Vectors.hex(answer.signature());
                    assertThat(key.publicKey()).isEqualTo(Vectors.hex(answer.publicKey()));
                    assertThat(key.sign(message)).isEqualTo(signature);
                    assertThat(suite.curves().verify(key.publicKey(), message, signature))
                            .isTrue();
                })));
    }

    @TestFactory
    Stream<DynamicNode> derivesThePublicKeyAndIdOfEveryNodeKeyOfTheVectors() {
        return EverySuite.runs(suite -> Vectors.objects(Vectors.file("node_id.json"), "vectors")
                .map(vector -> dynamicTest(Vectors.text(vector, "name"), () -> {
                    byte[] publicKey = suite.curves()
                            .signingKey(Vectors.bytes(vector, "seed"))
                            .publicKey();
                    assertThat(publicKey).isEqualTo(Vectors.bytes(vector, "public_key"));
                    assertThat(MessageDigest.getInstance("SHA-256").digest(publicKey))
                            .isEqualTo(Vectors.bytes(vector, "sha256_public_key"));
                    assertThat(NodeId.ofPublicKey(publicKey)).hasToString(Vectors.text(vector, "node_id"));
                    assertThat(secretOfFile(vector, "node_key_json_v034_v037_v038_v1"))
                            .startsWith(Vectors.bytes(vector, "seed"))
                            .endsWith(publicKey);
                    assertThat(secretOfFile(vector, "node_key_json_v035_v036")).endsWith(publicKey);
                })));
    }

    @TestFactory
    Stream<DynamicNode> refusesEveryPublicKeyOfSmallOrderOfTheVectors() {
        JsonObject file = Vectors.file("ed25519_small_order.json");
        byte[] forged = Vectors.bytes(file, "forged_signature");
        return EverySuite.runs(suite -> Vectors.objects(file, "vectors")
                .map(vector -> dynamicTest(Vectors.text(vector, "encoding"), () -> {
                    byte[] publicKey = Vectors.bytes(vector, "encoding");
                    // an equation without the rule would hold for about every eighth message
                    for (byte i = 0; i < 64; i++) {
                        assertThat(suite.curves().verify(publicKey, new byte[] {i}, forged))
                                .isFalse();
                    }
                })));
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void refusesAnSAtOrAboveTheGroupOrder(CryptoSuite suite) {
        SigningKey key = suite.curves().signingKey(SEED);
        byte[] second = plusGroupOrder(key.sign(MESSAGE));
        assertThat(suite.curves().verify(key.publicKey(), MESSAGE, second)).isFalse();
        assertThat(SignatureRules.admit(key.publicKey(), second)).isFalse();
        assertThat(SignatureRules.admit(key.publicKey(), plusGroupOrder(new byte[64])))
                .isFalse();
        assertThat(SignatureRules.admit(key.publicKey(), key.sign(MESSAGE))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void refusesAForgedSignatureWhereverItsBitIsFlipped(CryptoSuite suite) {
        SigningKey key = suite.curves().signingKey(SEED);
        for (int bit = 0; bit < 512; bit++) {
            byte[] forged = key.sign(MESSAGE);
            forged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(suite.curves().verify(key.publicKey(), MESSAGE, forged))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void answersFalseForBytesThatAreNoKeyOrNoSignature(CryptoSuite suite) {
        Curves curves = suite.curves();
        SigningKey key = curves.signingKey(SEED);
        byte[] signature = key.sign(MESSAGE);
        byte[] noPoint = new byte[Curves.KEY_BYTES];
        noPoint[0] = 2; // y = 2 has no x on the curve
        assertThat(curves.verify(noPoint, MESSAGE, signature)).isFalse();
        assertThat(curves.verify(new byte[0], MESSAGE, signature)).isFalse();
        assertThat(curves.verify(new byte[33], MESSAGE, signature)).isFalse();
        assertThat(curves.verify(key.publicKey(), MESSAGE, Arrays.copyOf(signature, 63)))
                .isFalse();
        assertThat(curves.verify(key.publicKey(), MESSAGE, Arrays.copyOf(signature, 65)))
                .isFalse();
        assertThat(curves.verify(curves.signingKey(new byte[Curves.KEY_BYTES]).publicKey(), MESSAGE, signature))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void signsOnManyThreadsWithOneKey(CryptoSuite suite) throws Exception {
        SigningKey key = suite.curves().signingKey(SEED);
        byte[] expected = key.sign(MESSAGE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<byte[]> task = () -> key.sign(MESSAGE);
            for (Future<byte[]> signature : threads.invokeAll(Collections.nCopies(200, task))) {
                assertThat(signature.get()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void refusesASeedOfWrongLength(CryptoSuite suite) {
        assertThatThrownBy(() -> suite.curves().signingKey(new byte[64])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] secretOfFile(JsonObject vector, String member) {
        JsonObject key = JsonParser.parseString(Vectors.text(vector, member))
                .getAsJsonObject()
                .getAsJsonObject("priv_key");
        return Base64.getDecoder().decode(Vectors.text(key, "value"));
    }

    /** The other S that fits the same equation. */
    private static byte[] plusGroupOrder(byte[] signature) {
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        BigInteger s = BigInteger.ZERO;
        for (int i = 63; i >= 32; i--) {
            s = s.shiftLeft(8).or(BigInteger.valueOf(signature[i] & 0xff));
        }
        BigInteger sum = s.add(order);
        byte[] changed = signature.clone();
        for (int i = 32; i < 64; i++) {
            changed[i] = sum.shiftRight(8 * (i - 32)).byteValue();
        }
        return changed;
    }
}
