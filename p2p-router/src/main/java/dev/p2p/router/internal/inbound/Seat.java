package dev.p2p.router.internal.inbound;

import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection in one reactor's mailbox. Keeps the order that reactors rely on: up, then the messages, then down. Guarded
 * by the mailbox's lock, except for the lanes' identity.
 */
public final class Seat {

    private final PeerUp up;
    private final List<Lane> lanes = new ArrayList<>(1);
    private boolean announced;
    private @Nullable Reason down;
    private int waiting;

    Seat(PeerUp up) {
        this.up = up;
    }

    PeerUp up() {
        return up;
    }

    List<Lane> lanes() {
        return lanes;
    }

    boolean announced() {
        return announced;
    }

    void announce() {
        announced = true;
    }

    @Nullable
    Reason down() {
        return down;
    }

    void leave(Reason reason) {
        down = reason;
    }

    boolean drained() {
        return waiting == 0;
    }

    void arrived() {
        waiting++;
    }

    void departed(int messages) {
        waiting -= messages;
    }
}
