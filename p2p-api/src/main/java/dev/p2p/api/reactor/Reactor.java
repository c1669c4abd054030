package dev.p2p.api.reactor;

/**
 * A protocol between nodes. The platform gives each reactor one virtual thread and calls {@link #on} for one event after
 * the other, so a reactor needs no lock for its own state.
 */
public interface Reactor {

    /**
     * Handles an event. May block, but then the reactor's peers wait: their lanes fill, and the channel's
     * {@link WhenFull} decides what happens.
     *
     * @param event what happened; belongs to the reactor from now on
     * @throws Exception the reactor's own failure, never the peer's: it is logged and counted, and the
     *     reactor is replaced by a new one (which is told of the start and of all connected peers) or the node is closed,
     *     as configured
     */
    void on(ReactorEvent event) throws Exception;
}
