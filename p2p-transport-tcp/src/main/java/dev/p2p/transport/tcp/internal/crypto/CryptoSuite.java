package dev.p2p.transport.tcp.internal.crypto;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * One way to compute all of the wire's cryptography: curves for the handshake, and frames with the kind of buffer that suits them.
 * Suites differ in speed only.
 *
 * <p>Stateless and for any thread; what it makes says for itself how it may be used.
 */
public final class CryptoSuite {

    /** System property that chooses the suite of {@link #best()}: one of {@link #CHOICES}. */
    public static final String PROPERTY = "dev.p2p.crypto";

    private static final String JDK = "jdk";
    private static final String LIBCRYPTO = "libcrypto";
    private static final String LIBSODIUM = "libsodium";

    /** What {@value #PROPERTY} may be, the preferred ones first. */
    public static final List<String> CHOICES = List.of(LIBSODIUM, LIBCRYPTO, JDK);

    private static final Frames JDK_FRAMES = new Frames(JdkFrameCipher::new, ByteBuffer::allocate);

    private final String name;
    private final String detail;
    private final Curves curves;
    private final Frames frames;

    private CryptoSuite(String name, String detail, Curves curves, Frames frames) {
        this.name = name;
        this.detail = detail;
        this.curves = curves;
        this.frames = frames;
    }

    /** The suite on the JDK's providers, which is always there. */
    public static CryptoSuite jdk() {
        return new CryptoSuite(JDK, jdkDetail(), new JdkCurves(), JDK_FRAMES);
    }

    /**
     * The suite on the system's libcrypto, if OpenSSL 3 or later is found and computes the known answers. The library
     * is looked for once, at the first call.
     */
    public static Optional<CryptoSuite> libcrypto() {
        NativePart<Frames> framesPart = NativeParts.libcryptoFrames();
        return framesPart
                .value()
                .flatMap(frames -> NativeParts.libcryptoCurves()
                        .value()
                        .map(curves -> new CryptoSuite(LIBCRYPTO, framesPart.about(), curves, frames)));
    }

    /** Why {@link #libcrypto()} is empty, for people; empty if it is not. */
    public static Optional<String> libcryptoRefusal() {
        return NativeParts.libcryptoFrames()
                .refusal()
                .or(() -> NativeParts.libcryptoCurves().refusal());
    }

    /**
     * The suite whose curves are those of the system's libsodium, if that is found and computes the known answers; its frames are
     * libcrypto's where possible, else the JDK's. The libraries are looked for once, at the first call.
     */
    public static Optional<CryptoSuite> libsodium() {
        NativePart<Curves> part = NativeParts.libsodiumCurves();
        return part.value().map(curves -> {
            NativePart<Frames> fast = NativeParts.libcryptoFrames();
            return fast.value()
                    .map(frames -> new CryptoSuite(
                            LIBSODIUM + " and " + LIBCRYPTO, part.about() + ", " + fast.about(), curves, frames))
                    .orElseGet(() -> new CryptoSuite(
                            LIBSODIUM + " and " + JDK, part.about() + ", " + jdkDetail(), curves, JDK_FRAMES));
        });
    }

    /** Why {@link #libsodium()} is empty, for people; empty if it is not. */
    public static Optional<String> libsodiumRefusal() {
        return NativeParts.libsodiumCurves().refusal();
    }

    /**
     * The suite that the property {@value #PROPERTY} names; without it the first of {@link #CHOICES} that this machine has.
     *
     * @throws IllegalStateException if the property demands what this machine does not have, or names no suite
     */
    public static CryptoSuite best() {
        String wanted = System.getProperty(PROPERTY, "");
        return switch (wanted) {
            case "" -> libsodium().or(CryptoSuite::libcrypto).orElseGet(CryptoSuite::jdk);
            case JDK -> jdk();
            case LIBCRYPTO -> libcrypto().orElseThrow(() -> missing(wanted, libcryptoRefusal()));
            case LIBSODIUM -> libsodium().orElseThrow(() -> missing(wanted, libsodiumRefusal()));
            default ->
                throw new IllegalStateException(
                        PROPERTY + "=" + wanted + ", but the suites are " + String.join(", ", CHOICES));
        };
    }

    /** What computes it, for people and for comparison: one of {@link #CHOICES}, or two joined by "and", curves first. */
    public String name() {
        return name;
    }

    /** Products and versions for people, such as "OpenSSL 3.0.19". */
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
        return frames.sealer(key, 0);
    }

    /**
     * An opener that starts at counter 0.
     *
     * @param key 32 bytes; not kept, the caller wipes it
     */
    public FrameOpener opener(byte[] key) {
        return frames.opener(key, 0);
    }

    /**
     * A zeroed buffer of the kind that this suite's sealers and openers accept: direct for libcrypto, on an array for
     * the JDK.
     *
     * @param bytes its capacity
     */
    public ByteBuffer allocate(int bytes) {
        return frames.buffers().apply(bytes);
    }

    @Override
    public String toString() {
        return name + " (" + detail + ")";
    }

    /** How the frames are sealed and opened. */
    Frames frames() {
        return frames;
    }

    private static String jdkDetail() {
        return "Java " + Runtime.version().feature();
    }

    private static IllegalStateException missing(String wanted, Optional<String> refusal) {
        return new IllegalStateException(PROPERTY + "=" + wanted + ", but " + refusal.orElseThrow());
    }
}
