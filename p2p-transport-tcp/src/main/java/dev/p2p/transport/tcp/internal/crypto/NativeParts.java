package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;

/**
 * What the libraries of this system can do, each part tried once and when it is first asked for: linking a function costs more than
 * calling it. The only class that touches those which are linked to libraries.
 */
final class NativeParts {

    private NativeParts() {}

    static NativePart<Frames> libcryptoFrames() {
        return LibcryptoFramesHolder.OUTCOME;
    }

    static NativePart<Curves> libcryptoCurves() {
        return LibcryptoCurvesHolder.OUTCOME;
    }

    static NativePart<Curves> libsodiumCurves() {
        return LibsodiumCurvesHolder.OUTCOME;
    }

    private static final class LibcryptoFramesHolder {
        static final NativePart<Frames> OUTCOME = NativePart.probe(
                Libcrypto::version,
                () -> new Frames(LibcryptoFrameCipher::new, ByteBuffer::allocateDirect),
                SelfTest::failureOf);
    }

    private static final class LibcryptoCurvesHolder {
        static final NativePart<Curves> OUTCOME =
                NativePart.probe(Libcrypto::version, LibcryptoCurves::new, SelfTest::failureOf);
    }

    private static final class LibsodiumCurvesHolder {
        static final NativePart<Curves> OUTCOME =
                NativePart.probe(Libsodium::version, LibsodiumCurves::new, SelfTest::failureOf);
    }
}
