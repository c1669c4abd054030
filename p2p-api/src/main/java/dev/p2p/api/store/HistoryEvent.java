package dev.p2p.api.store;

import java.time.Instant;

/**
 * Something that happened with a peer.
 *
 * @param at when; millisecond precision
 * @param kind what
 * @param reason the word for why; may be empty
 * @param detail more for people; may be empty
 */
public record HistoryEvent(Instant at, Kind kind, String reason, String detail) {

    /** What can happen. */
    public enum Kind {
        CONNECTED,
        DISCONNECTED,
        DIAL_FAILED,
        REFUSED,
        PENALISED,
        BANNED,
        UNBANNED
    }
}
