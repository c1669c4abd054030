package dev.p2p.transport.tcp.internal.crypto;

import java.io.IOException;

/** The peer's ephemeral key must not be used; the connection has to be closed without a word (sections 2.1, 2.2). */
public final class KeyRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the key. */
    public enum Reason {
        /** The shared secret would be all zeros, known to everybody. */
        LOW_ORDER,
        /** It is our own key, sent back. */
        REFLECTED
    }

    private final Reason reason;

    KeyRefusedException(Reason reason) {
        super("ephemeral key refused: " + reason);
        this.reason = reason;
    }

    /** What is wrong with the key. */
    public Reason reason() {
        return reason;
    }
}
