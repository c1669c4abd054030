package dev.p2p.api.reactor;

import java.io.IOException;

/** Bytes that are not a message of their channel: the peer's failure. */
public final class MalformedMessageException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }

    public MalformedMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
