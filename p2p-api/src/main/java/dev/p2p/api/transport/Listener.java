package dev.p2p.api.transport;

import dev.p2p.api.Endpoint;
import java.io.IOException;

/** A place where connections come in. One thread accepts; any thread may close. */
public interface Listener extends AutoCloseable {

    /** Where it really listens, with the port that was chosen. */
    Endpoint endpoint();

    /**
     * Blocks until somebody connects. Each connection is handed out once; nothing has been read or written on it.
     *
     * @throws ListenerClosedException once the listener is closed, and for no other cause
     * @throws IOException if accepting failed this time; the next call may succeed
     */
    PendingConnection accept() throws IOException, InterruptedException;

    /** Ends {@link #accept()} at once and frees the place. Connections live on. May be called again. */
    @Override
    void close();
}
