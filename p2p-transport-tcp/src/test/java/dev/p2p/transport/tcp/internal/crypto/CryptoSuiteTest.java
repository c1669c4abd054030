package dev.p2p.transport.tcp.internal.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.p2p.api.NodeKey;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CryptoSuiteTest {

    @AfterEach
    void forgetTheChoice() {
        System.clearProperty(CryptoSuite.PROPERTY);
    }

    @ParameterizedTest
    @MethodSource("dev.p2p.transport.tcp.internal.crypto.EverySuite#suites")
    void computesTheKnownAnswers(CryptoSuite suite) {
        assertThat(SelfTest.failureOf(suite.curves())).isEmpty();
        assertThat(SelfTest.failureOf(suite.frames())).isEmpty();
    }

    @Test
    void hasEitherALibraryOrTheReasonWhyNot() {
        assertThat(CryptoSuite.libcrypto().isPresent())
                .isNotEqualTo(CryptoSuite.libcryptoRefusal().isPresent());
        assertThat(CryptoSuite.libsodium().isPresent())
                .isNotEqualTo(CryptoSuite.libsodiumRefusal().isPresent());
    }

    @Test
    void namesLibcryptoAndItsVersion() {
        assumeThat(CryptoSuite.libcryptoRefusal()).isEmpty();
        CryptoSuite suite = CryptoSuite.libcrypto().orElseThrow();
        assertThat(suite.name()).isEqualTo("libcrypto");
        assertThat(suite.detail()).matches("\\w+ 3\\.\\d+\\.\\d+.*");
        assertThat(suite.allocate(8).isDirect()).isTrue();
    }

    @Test
    void namesLibsodiumAndWhoeverDoesTheFrames() {
        assumeThat(CryptoSuite.libsodiumRefusal()).isEmpty();
        boolean fast = CryptoSuite.libcrypto().isPresent();
        CryptoSuite suite = CryptoSuite.libsodium().orElseThrow();
        assertThat(suite.name()).isEqualTo(fast ? "libsodium and libcrypto" : "libsodium and jdk");
        assertThat(suite.detail()).matches("libsodium 1\\.\\d+\\.\\d+, \\w+ \\d+.*");
        assertThat(suite.allocate(8).isDirect()).isEqualTo(fast);
    }

    @Test
    void worksOnArraysWithTheJdk() {
        CryptoSuite suite = CryptoSuite.jdk();
        assertThat(suite.name()).isEqualTo("jdk");
        assertThat(suite.allocate(8).hasArray()).isTrue();
    }

    @Test
    void prefersLibsodiumThenLibcrypto() {
        String expected = CryptoSuite.libsodium()
                .or(CryptoSuite::libcrypto)
                .map(CryptoSuite::name)
                .orElse("jdk");
        assertThat(CryptoSuite.best().name()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void obeysTheProperty(String choice) {
        System.setProperty(CryptoSuite.PROPERTY, choice);
        Optional<String> refusal = switch (choice) {
            case "libsodium" -> CryptoSuite.libsodiumRefusal();
            case "libcrypto" -> CryptoSuite.libcryptoRefusal();
            default -> Optional.empty();
        };
        if (refusal.isEmpty()) {
            assertThat(CryptoSuite.best().name()).startsWith(choice);
        } else {
            assertThatThrownBy(CryptoSuite::best)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("dev.p2p.crypto=" + choice + ", but " + refusal.get());
        }
    }

    @Test
    void refusesASuiteThatThereIsNot() {
        System.setProperty(CryptoSuite.PROPERTY, "rot13");
        assertThatThrownBy(CryptoSuite::best)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("dev.p2p.crypto=rot13, but the suites are libsodium, libcrypto, jdk");
    }

    @Test
    void refusesALibraryWhoseCurvesAreWrong() {
        NativePart<Curves> wrong = NativePart.probe(
                () -> "Broken 3", () -> new ForgivingCurves(CryptoSuite.jdk().curves()), SelfTest::failureOf);
        assertThat(wrong.value()).isEmpty();
        assertThat(wrong.refusal()).contains("Broken 3 failed its self-test: Ed25519");
    }

    @Test
    void refusesALibraryWhoseCipherIsWrong() {
        assertThat(probe((key, mode) -> new IdleCipher()).refusal())
                .contains("Broken 3 failed its self-test: ChaCha20-Poly1305");
    }

    @Test
    void refusesALibraryThatFails() {
        FrameCipher.Source failing = (key, mode) -> {
            throw new IllegalStateException("no such cipher");
        };
        assertThat(probe(failing).refusal()).contains("Broken 3 failed its self-test: no such cipher");
    }

    @Test
    void saysWhereItLookedForALibraryThatIsNotThere() {
        NativePart<Frames> part = NativePart.probe(
                () -> NativeLibrary.find("libnothing", List.of("libnothing.so.1", "libnothing.so"))
                        .toString(),
                () -> CryptoSuite.jdk().frames(),
                SelfTest::failureOf);
        assertThat(part.refusal()).contains("no libnothing found, tried libnothing.so.1, libnothing.so");
    }

    /** In a Java of its own, because native access is denied to a whole process. */
    @Test
    void fallsBackToTheJdkWhereNativeAccessIsDenied() throws Exception {
        String classPath = Stream.of(CryptoSuite.class, CryptoSuiteReport.class, NodeKey.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(url -> Path.of(URI.create(url.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--illegal-native-access=deny",
                        "-cp",
                        classPath,
                        CryptoSuiteReport.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), UTF_8);
        assertThat(java.waitFor()).as(said).isZero();
        assertThat(said).startsWith("jdk, because ").containsIgnoringCase("native");
    }

    private static List<String> choices() {
        return CryptoSuite.CHOICES;
    }

    private static NativePart<Frames> probe(FrameCipher.Source ciphers) {
        return NativePart.probe(() -> "Broken 3", () -> new Frames(ciphers, ByteBuffer::allocate), SelfTest::failureOf);
    }

    /** Verifies anything. */
    private record ForgivingCurves(Curves honest) implements Curves {

        @Override
        public EphemeralKey ephemeralKey(byte[] scalar) {
            return honest.ephemeralKey(scalar);
        }

        @Override
        public SigningKey signingKey(byte[] seed) {
            return honest.signingKey(seed);
        }

        @Override
        public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
            return true;
        }
    }

    /** Leaves everything in the clear. */
    private static final class IdleCipher implements FrameCipher {

        @Override
        public boolean crypt(ByteBuffer frames, int offset, long counter) {
            return true;
        }

        @Override
        public void close() {}
    }
}
