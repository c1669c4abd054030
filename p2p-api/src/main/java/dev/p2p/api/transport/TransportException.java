package dev.p2p.api.transport;

import dev.p2p.api.Reason;
import java.io.IOException;

/** A connection could not be made or has ended, with the reason in a form that programs can act on. */
public final class TransportException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public TransportException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public TransportException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The reason of any failure: its own if it has one, {@code NETWORK_FAILURE} for other I/O failures. */
    public static Reason reasonOf(IOException failure) {
        return failure instanceof TransportException known ? known.reason : Reason.NETWORK_FAILURE;
    }

    public Reason reason() {
        return reason;
    }
}
