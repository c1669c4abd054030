package dev.p2p.transport.tcp.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A Merlin v1.0 transcript: labelled messages go in, challenges that depend on all of them come out (section 2.8).
 *
 * <p>After a secret was appended the transcript is a secret itself: {@link #wipe()} it. Confined to one thread.
 */
public final class MerlinTranscript {

    /** Protocol label and first message label of Merlin v1.0. */
    private static final String PROTOCOL = "Merlin v1.0";

    private static final String DOMAIN_SEPARATOR = "dom-sep";

    private final Strobe128 strobe = new Strobe128(PROTOCOL);

    /**
     * Starts a transcript.
     *
     * @param applicationLabel ASCII; separates this use of Merlin from all others
     */
    public MerlinTranscript(String applicationLabel) {
        append(DOMAIN_SEPARATOR, applicationLabel.getBytes(US_ASCII));
    }

    /**
     * Binds a message.
     *
     * @param label ASCII
     * @param message read only; not kept
     */
    public void append(String label, byte[] message) {
        strobe.metaAd(label.getBytes(US_ASCII), false);
        strobe.metaAd(littleEndian(message.length), true);
        strobe.ad(message);
    }

    /**
     * Draws a challenge; the draw itself becomes part of the transcript.
     *
     * @param label ASCII
     * @param length number of bytes, at least 1
     * @return a new array
     */
    public byte[] challenge(String label, int length) {
        strobe.metaAd(label.getBytes(US_ASCII), false);
        strobe.metaAd(littleEndian(length), true);
        return strobe.prf(length);
    }

    /** Forgets everything; the transcript must not be used afterwards. */
    public void wipe() {
        strobe.wipe();
    }

    /** The sponge below, for comparison with known answers. */
    Strobe128 strobe() {
        return strobe;
    }

    private static byte[] littleEndian(int value) {
        return new byte[] {(byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)};
    }
}
