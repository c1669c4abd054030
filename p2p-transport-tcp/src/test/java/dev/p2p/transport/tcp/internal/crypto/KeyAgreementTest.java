package dev.p2p.transport.tcp.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyAgreementTest {

    private static final byte[] SCALAR =
            Vectors.hex("404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f");

    private final JsonObject points = Vectors.file("low_order_points.json");

    @TestFactory
    Stream<DynamicNode> refusesEveryLowOrderPointOfTheVectors() {
        return EverySuite.runs(suite -> Vectors.objects(points, "reject")
                .map(vector -> dynamicTest(Vectors.text(vector, "note"), () -> {
                    try (EphemeralKey key = suite.curves().ephemeralKey(SCALAR)) {
                        assertThatThrownBy(() -> key.sharedSecret(Vectors.bytes(vector, "u")))
                                .isInstanceOfSatisfying(
                                        KeyRefusedException.class,
                                        e -> assertThat(e.reason()).isEqualTo(KeyRefusedException.Reason.LOW_ORDER));
                    }
                })));
    }

    @TestFactory
    Stream<DynamicNode> acceptsEveryLookAlikeOfTheVectors() {
        return EverySuite.runs(suite -> Vectors.objects(points, "accept")
                .map(vector -> dynamicTest(
                        Vectors.text(vector, "note"),
                        () -> assertThat(multiply(suite, Vectors.bytes(vector, "scalar"), Vectors.bytes(vector, "u")))
                                .isEqualTo(Vectors.bytes(vector, "x25519_output")))));
    }

    @TestFactory
    Stream<DynamicNode> multipliesAsInRfc7748() {
        record Answer(String name, String scalar, String u, String result) {}
        List<Answer> answers = List.of(
                new Answer(
                        "section 5.2, first",
                        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
                        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"),
                new Answer(
                        "section 5.2, second, bit 255 set",
                        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
                        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"),
                new Answer(
                        "section 6.1",
                        "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
                        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
                        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
        return EverySuite.runs(suite -> answers.stream()
                .map(answer -> dynamicTest(
                        answer.name(),
                        () -> assertThat(multiply(suite, Vectors.hex(answer.scalar()), Vectors.hex(answer.u())))
                                .isEqualTo(Vectors.hex(answer.result())))));
    }

    /** RFC 7748, section 5.2: k, u = X25519(k, u), k; started with the base point. */
    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void multipliesAThousandTimesAsInRfc7748(CryptoSuite suite) throws Exception {
        byte[] k = new byte[Curves.KEY_BYTES];
        k[0] = 9;
        byte[] u = k;
        for (int i = 0; i < 1000; i++) {
            byte[] next = multiply(suite, k, u);
            u = k;
            k = next;
        }
        assertThat(k).isEqualTo(Vectors.hex("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"));
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void derivesThePublicKeyOfRfc7748(CryptoSuite suite) {
        byte[] scalar = Vectors.hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        try (EphemeralKey key = suite.curves().ephemeralKey(scalar)) {
            assertThat(key.publicKey())
                    .isEqualTo(Vectors.hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void agreesWithEveryOtherSuiteOnFreshKeys(CryptoSuite suite) throws Exception {
        SecureRandom random = new SecureRandom();
        for (CryptoSuite other : EverySuite.suites().toList()) {
            try (EphemeralKey mine = suite.curves().generateEphemeralKey(random);
                    EphemeralKey yours = other.curves().generateEphemeralKey(random)) {
                assertThat(mine.publicKey()).isNotEqualTo(yours.publicKey());
                assertThat(mine.sharedSecret(yours.publicKey())).isEqualTo(yours.sharedSecret(mine.publicKey()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void leavesTheReceivedKeyAsItWas(CryptoSuite suite) throws Exception {
        byte[] received = new byte[Curves.KEY_BYTES];
        Arrays.fill(received, (byte) 0xfe);
        multiply(suite, SCALAR, received);
        assertThat(received).containsOnly(0xfe);
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void cannotBeUsedAfterClose(CryptoSuite suite) {
        EphemeralKey key = suite.curves().ephemeralKey(SCALAR);
        key.close();
        key.close();
        assertThatThrownBy(() -> key.sharedSecret(SCALAR)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void refusesKeysOfWrongLength(CryptoSuite suite) {
        assertThatThrownBy(() -> suite.curves().ephemeralKey(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
        try (EphemeralKey key = suite.curves().ephemeralKey(SCALAR)) {
            assertThatThrownBy(() -> key.sharedSecret(new byte[33])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] multiply(CryptoSuite suite, byte[] scalar, byte[] u) throws KeyRefusedException {
        try (EphemeralKey key = suite.curves().ephemeralKey(scalar)) {
            return key.sharedSecret(u);
        }
    }
}
