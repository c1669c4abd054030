package dev.p2p.router.control;

import dev.p2p.api.NodeId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One decision of the peer manager, with its reason.
 *
 * @param at when it was made
 * @param peer whom it concerns; empty if that is not known, as with a connection that was refused before it proved itself
 * @param kind what was decided
 * @param reason the word for why: one of {@link dev.p2p.api.Reason}, a reactor's code, or a word of the peer manager such as
 *     {@code slot-free}
 * @param detail more for people: an address, an instant, a number; may be empty
 */
public record Decision(Instant at, Optional<NodeId> peer, Kind kind, String reason, String detail) {

    /** What can be decided. */
    public enum Kind {
        /** An address was taken in. */
        LEARNED,
        /** An address was not taken in. */
        NOT_LEARNED,
        /** A dial began. */
        DIAL,
        /** A dial ended without a connection; the detail says when the next one is due. */
        DIAL_FAILED,
        /** A connection was admitted; the reason is its slot class. */
        ADMITTED,
        /** A connection was refused. */
        REFUSED,
        /** An address was verified and the connection ended, as intended. */
        VERIFIED,
        /** A live connection is being asked for a sign of life, because the peer came a second time. */
        PROBED,
        /** A connection is being ended in favour of another one. */
        EVICTED,
        /** A connection is being ended for another reason. */
        CLOSED,
        /** A connection is gone. */
        DISCONNECTED,
        /** The peer's reputation fell. */
        PENALISED,
        /** The peer or range is refused until an instant. */
        BANNED,
        /** The ban was lifted. */
        UNBANNED,
        /** The peer does not fit and is not dialed until an instant. */
        INCOMPATIBLE,
        /** An operator changed what is wanted of the peer. */
        CONFIGURED,
        /** The peer was forgotten. */
        FORGOTTEN,
        /** An address of the peer was forgotten, but not the peer. */
        ADDRESS_FORGOTTEN;

        private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /** The kind's stable word, such as {@code dial-failed}. */
        @Override
        public String toString() {
            return word;
        }
    }
}
