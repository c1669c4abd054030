package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * One way to compute all of the wire's cryptography, with the kind of buffer that suits it. Suites differ in speed
 * only.
 *
 * <p>Stateless and for any thread; what it makes says for itself how it may be used.
 */
public final class CryptoSuite {

    /** System property that chooses the suite of {@link #best()}: {@value #JDK} or {@value #LIBCRYPTO}. */
    public static final String PROPERTY = "dev.p2p.crypto";

    /** Name of the suite on the JDK's providers. */
    public static final String JDK = "jdk";

    /** Name of the suite on the system's libcrypto. */
    public static final String LIBCRYPTO = "libcrypto";

    private final String name;
    private final String detail;
    private final Curves curves;
    private final FrameCipher.Source ciphers;
    private final IntFunction<ByteBuffer> buffers;

    CryptoSuite(
            String name, String detail, Curves curves, FrameCipher.Source ciphers, IntFunction<ByteBuffer> buffers) {
        this.name = name;
        this.detail = detail;
        this.curves = curves;
        this.ciphers = ciphers;
        this.buffers = buffers;
    }

    /** The suite on the JDK's providers, which is always there. */
    public static CryptoSuite jdk() {
        return new CryptoSuite(
                JDK, "Java " + Runtime.version().feature(), new JdkCurves(), JdkFrameCipher::new, ByteBuffer::allocate);
    }

    /**
     * The suite on the system's libcrypto, if OpenSSL 3 or later is found and computes the known answers. The library
     * is looked for once, at the first call.
     */
    public static Optional<CryptoSuite> libcrypto() {
        return LibcryptoProbe.OUTCOME.suite();
    }

    /** Why {@link #libcrypto()} is empty, for people; empty if it is not. */
    public static Optional<String> libcryptoRefusal() {
        return LibcryptoProbe.OUTCOME.refusal();
    }

    /**
     * The suite that the property {@value #PROPERTY} names; without it libcrypto where possible, else the JDK.
     *
     * @throws IllegalStateException if the property demands what this machine does not have, or names no suite
     */
    public static CryptoSuite best() {
        String wanted = System.getProperty(PROPERTY, "");
        return switch (wanted) {
            case "" -> libcrypto().orElseGet(CryptoSuite::jdk);
            case JDK -> jdk();
            case LIBCRYPTO ->
                libcrypto()
                        .orElseThrow(() -> new IllegalStateException(PROPERTY + "=" + LIBCRYPTO + ", but "
                                + libcryptoRefusal().orElseThrow()));
            default ->
                throw new IllegalStateException(
                        PROPERTY + "=" + wanted + ", but the suites are " + JDK + " and " + LIBCRYPTO);
        };
    }

    /** {@value #JDK} or {@value #LIBCRYPTO}. */
    public String name() {
        return name;
    }

    /** Product and version for people, such as "OpenSSL 3.0.19". */
    public String detail() {
        return detail;
    }

    /** Key agreement and signatures. */
    public Curves curves() {
        return curves;
    }

    /**
     * A sealer that starts at counter 0.
     *
     * @param key 32 bytes, used for nothing else; not kept, the caller wipes it
     */
    public FrameSealer sealer(byte[] key) {
        return sealer(key, 0);
    }

    /**
     * An opener that starts at counter 0.
     *
     * @param key 32 bytes; not kept, the caller wipes it
     */
    public FrameOpener opener(byte[] key) {
        return opener(key, 0);
    }

    /**
     * A zeroed buffer of the kind that this suite's sealers and openers accept: direct for libcrypto, on an array for
     * the JDK.
     *
     * @param bytes its capacity
     */
    public ByteBuffer allocate(int bytes) {
        return buffers.apply(bytes);
    }

    @Override
    public String toString() {
        return name + " (" + detail + ")";
    }

    /** A sealer in the middle of its life. */
    FrameSealer sealer(byte[] key, long firstCounter) {
        return new FrameSealer(ciphers.keyed(key, FrameCipher.Mode.SEAL), firstCounter);
    }

    /** An opener in the middle of its life. */
    FrameOpener opener(byte[] key, long firstCounter) {
        return new FrameOpener(ciphers.keyed(key, FrameCipher.Mode.OPEN), firstCounter);
    }
}
