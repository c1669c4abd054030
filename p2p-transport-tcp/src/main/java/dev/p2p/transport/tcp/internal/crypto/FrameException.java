package dev.p2p.transport.tcp.internal.crypto;

import java.io.IOException;

/** A frame cannot be opened, or no further frame may be sealed: the connection has to be closed (section 2.5). */
public final class FrameException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** Forged, damaged, repeated or out of order. */
        BAD_TAG,
        /** Authentic, but says more than 1024 bytes. */
        BAD_LENGTH,
        /** Authentic and empty; no honest sender makes it and some readers break on it. */
        ZERO_LENGTH,
        /** All nonces of this direction are used. */
        COUNTER_EXHAUSTED
    }

    private final Reason reason;

    FrameException(Reason reason) {
        super("frame refused: " + reason);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
