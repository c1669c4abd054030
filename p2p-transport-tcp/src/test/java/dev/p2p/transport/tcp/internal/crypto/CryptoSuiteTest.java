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
        assertThat(SelfTest.failure(suite)).isEmpty();
    }

    @Test
    void hasEitherLibcryptoOrTheReasonWhyNot() {
        assertThat(CryptoSuite.libcrypto().isPresent())
                .isNotEqualTo(CryptoSuite.libcryptoRefusal().isPresent());
    }

    @Test
    void namesTheLibraryAndItsVersion() {
        assumeThat(CryptoSuite.libcryptoRefusal()).isEmpty();
        CryptoSuite suite = CryptoSuite.libcrypto().orElseThrow();
        assertThat(suite.name()).isEqualTo("libcrypto");
        assertThat(suite.detail()).matches("\\w+ 3\\.\\d+\\.\\d+.*");
        assertThat(suite.allocate(8).isDirect()).isTrue();
    }

    @Test
    void worksOnArraysWithTheJdk() {
        CryptoSuite suite = CryptoSuite.jdk();
        assertThat(suite.name()).isEqualTo("jdk");
        assertThat(suite.allocate(8).hasArray()).isTrue();
    }

    @Test
    void prefersLibcrypto() {
        assumeThat(CryptoSuite.libcryptoRefusal()).isEmpty();
        assertThat(CryptoSuite.best().name()).isEqualTo("libcrypto");
    }

    @Test
    void obeysTheProperty() {
        System.setProperty(CryptoSuite.PROPERTY, "jdk");
        assertThat(CryptoSuite.best().name()).isEqualTo("jdk");
        System.setProperty(CryptoSuite.PROPERTY, "rot13");
        assertThatThrownBy(CryptoSuite::best)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rot13");
    }

    @Test
    void refusesALibraryWhoseCurvesAreWrong() {
        Curves wrong = new ForgivingCurves(CryptoSuite.jdk().curves());
        CryptoSuite suite = new CryptoSuite("libcrypto", "Broken 3", wrong, JdkFrameCipher::new, ByteBuffer::allocate);
        assertThat(LibcryptoProbe.of(suite).suite()).isEmpty();
        assertThat(LibcryptoProbe.of(suite).refusal()).contains("Broken 3 failed its self-test: Ed25519");
    }

    @Test
    void refusesALibraryWhoseCipherIsWrong() {
        FrameCipher.Source idle = (key, mode) -> new IdleCipher();
        CryptoSuite suite =
                new CryptoSuite("libcrypto", "Broken 3", CryptoSuite.jdk().curves(), idle, ByteBuffer::allocate);
        assertThat(LibcryptoProbe.of(suite).refusal()).contains("Broken 3 failed its self-test: ChaCha20-Poly1305");
    }

    @Test
    void refusesALibraryThatFails() {
        FrameCipher.Source failing = (key, mode) -> {
            throw new IllegalStateException("no such cipher");
        };
        CryptoSuite suite =
                new CryptoSuite("libcrypto", "Broken 3", CryptoSuite.jdk().curves(), failing, ByteBuffer::allocate);
        assertThat(LibcryptoProbe.of(suite).refusal()).contains("Broken 3 failed its self-test: no such cipher");
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
