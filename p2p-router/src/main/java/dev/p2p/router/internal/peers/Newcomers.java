package dev.p2p.router.internal.peers;

import dev.p2p.api.Reason;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.SlotClass;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Peers that came while the inbound slots were taken. They are served for a short time, long enough to ask for addresses; then
 * they move to a slot that became free, or now and then take the place of somebody who has had his time, or go. So a network whose
 * nodes are all full still lets somebody in.
 */
final class Newcomers {

    private final PeerBook book;
    private final Evictions evictions;
    private final ArrayDeque<Live> inOrder = new ArrayDeque<>();

    Newcomers(PeerBook book, Evictions evictions) {
        this.book = book;
        this.evictions = evictions;
    }

    /** Whether newcomers are served at all. */
    boolean serves() {
        return !book.policy.pace().newcomerService().isZero();
    }

    void arrived(Live newcomer) {
        inOrder.add(newcomer);
    }

    /** Moves those up for whom there is room, and ends those whose time is over. */
    void look() {
        Live first = first();
        while (first != null && (book.slots.regularInboundFree() || !book.now().isBefore(end(first)))) {
            inOrder.removeFirst();
            if (book.slots.regularInboundFree()) {
                stays(first, "a slot is free");
            } else {
                Live old = evictions.turnover();
                if (old == null) {
                    book.out.decide(
                            first.entry.id, Decision.Kind.CLOSED, Reason.FULL.toString(), "served as a newcomer");
                    evictions.end(first, Reason.FULL);
                } else {
                    evictions.evict(old, first.entry.id.toString());
                    stays(first, "took the place of " + old.entry.id);
                }
            }
            first = first();
        }
    }

    Optional<Instant> nextWake() {
        Live first = first();
        return first == null ? Optional.empty() : Optional.of(end(first));
    }

    private void stays(Live newcomer, String why) {
        book.connections.moved(newcomer, SlotClass.INBOUND);
        book.out.decide(newcomer.entry.id, Decision.Kind.ADMITTED, SlotClass.INBOUND.toString(), why);
    }

    /** The one who came first and is still here, or null. */
    private @Nullable Live first() {
        Live first = inOrder.peekFirst();
        while (first != null && (first.closing || first.slot != SlotClass.NEWCOMER || first.entry.live != first)) {
            inOrder.removeFirst();
            first = inOrder.peekFirst();
        }
        return first;
    }

    private Instant end(Live newcomer) {
        return newcomer.since.plus(book.policy.pace().newcomerService());
    }
}
