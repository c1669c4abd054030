package dev.p2p.api.transport;

import java.io.IOException;

/** The listener was closed: the orderly end of an accept loop. */
public final class ListenerClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    public ListenerClosedException() {
        super("the listener is closed");
    }
}
