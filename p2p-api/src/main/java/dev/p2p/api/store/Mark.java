package dev.p2p.api.store;

import java.time.Instant;

/**
 * Something that holds until an instant.
 *
 * @param until when it ends; millisecond precision
 * @param reason the word for why, such as {@code wrong-network} or a reactor's own code
 */
public record Mark(Instant until, String reason) {

    /** Whether it still holds. */
    public boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }
}
