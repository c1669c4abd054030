package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Whether the system's libcrypto can be trusted, found out once.
 *
 * <p>The only place that touches classes linked to the library; whatever goes wrong there becomes a reason, not a
 * failure.
 *
 * @param suite present if the library is usable
 * @param refusal present if it is not: why, for people
 */
record LibcryptoProbe(Optional<CryptoSuite> suite, Optional<String> refusal) {

    static final LibcryptoProbe OUTCOME = probe();

    /** Accepts a suite only if it computes the known answers. */
    static LibcryptoProbe of(CryptoSuite suite) {
        return SelfTest.failure(suite)
                .map(failure -> refused(suite.detail() + " failed its self-test: " + failure))
                .orElseGet(() -> new LibcryptoProbe(Optional.of(suite), Optional.empty()));
    }

    private static LibcryptoProbe probe() {
        try {
            return of(new CryptoSuite(
                    CryptoSuite.LIBCRYPTO,
                    Libcrypto.version(),
                    new LibcryptoCurves(),
                    LibcryptoFrameCipher::new,
                    ByteBuffer::allocateDirect));
        } catch (LinkageError | RuntimeException e) {
            // the initialiser of Libcrypto, a missing function, or native access denied by the command line
            return refused(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }

    private static LibcryptoProbe refused(String reason) {
        return new LibcryptoProbe(Optional.empty(), Optional.of(reason));
    }
}
