package dev.p2p.router.internal.inbound;

import com.google.protobuf.Message;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.router.internal.DeficitRing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections of one reactor in the order in which they came, and the order of their life events: a peer's connections follow each
 * other, so an earlier one's messages and its down-event are taken before the next one's up-event. Guarded by the mailbox's lock.
 */
final class Seats {

    private final Set<Seat> inOrder = new LinkedHashSet<>();
    private final DeficitRing<Lane> ring;

    /** @param ring where lanes with messages stand */
    Seats(DeficitRing<Lane> ring) {
        this.ring = ring;
    }

    void add(Seat seat) {
        inOrder.add(seat);
    }

    /** All lanes of all connections. */
    List<Lane> lanes() {
        return inOrder.stream().flatMap(seat -> seat.lanes().stream()).toList();
    }

    /** Takes the up-event if it was not taken yet, and the down-event if it is due. */
    void lifeEvent(Seat seat, List<ReactorEvent> into) {
        announce(seat, into);
        if (seat.drained()) {
            leave(seat, into);
        }
    }

    /** Takes the up-event if it was not taken yet, and before it all that is left of the peer's earlier connections. */
    void announce(Seat seat, List<ReactorEvent> into) {
        if (!seat.announced()) {
            for (Seat earlier : predecessors(seat)) {
                finish(earlier, into);
            }
            seat.announce();
            into.add(seat.up());
        }
    }

    private List<Seat> predecessors(Seat seat) {
        List<Seat> earlier = new ArrayList<>(0);
        for (Seat other : inOrder) {
            if (other == seat) {
                return earlier;
            }
            if (other.down() != null
                    && other.up().peer().id().equals(seat.up().peer().id())) {
                earlier.add(other);
            }
        }
        return earlier;
    }

    /** All that is left of a connection, which is no more than its lanes hold. */
    private void finish(Seat seat, List<ReactorEvent> into) {
        if (!seat.announced()) {
            seat.announce();
            into.add(seat.up());
        }
        for (Lane lane : seat.lanes()) {
            seat.departed(lane.size());
            for (Received<Message> event = lane.poll(); event != null; event = lane.poll()) {
                into.add(event);
            }
            ring.remove(lane);
        }
        leave(seat, into);
    }

    private void leave(Seat seat, List<ReactorEvent> into) {
        Reason down = seat.down();
        if (down != null && inOrder.remove(seat)) {
            into.add(new PeerDown(seat.up().peer(), down));
        }
    }
}
