package dev.p2p.router.control;

import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import java.util.List;

/**
 * What somebody remembers of a peer.
 *
 * @param record the peer
 * @param history what happened with it, newest first, at most {@value #MAX_EVENTS} events; empty if nothing is told of that
 */
public record PeerMemory(PeerRecord record, List<HistoryEvent> history) {

    /** The most events of one peer; no store keeps more. */
    public static final int MAX_EVENTS = 1_000;

    public PeerMemory {
        history = List.copyOf(history);
        if (history.size() > MAX_EVENTS) {
            throw new IllegalArgumentException("a past has at most " + MAX_EVENTS + " events, not " + history.size());
        }
    }

    /** A peer without its history. */
    public PeerMemory(PeerRecord record) {
        this(record, List.of());
    }

    /** The same with nothing that happens only later: a store numbers events by their time. */
    public PeerMemory until(Instant now) {
        List<HistoryEvent> sane = history.stream()
                .map(event -> event.at().isAfter(now)
                        ? new HistoryEvent(now, event.kind(), event.reason(), event.detail())
                        : event)
                .toList();
        return new PeerMemory(record, sane);
    }
}
