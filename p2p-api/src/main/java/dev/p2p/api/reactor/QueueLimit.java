package dev.p2p.api.reactor;

/**
 * How much a queue holds. A queue that is empty takes one message of any allowed length, so the two limits never forbid a
 * legal message for ever.
 *
 * @param messages at least 1
 * @param bytes encoded bytes of all messages together, at least 1
 */
public record QueueLimit(int messages, long bytes) {

    public QueueLimit {
        if (messages < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "a queue holds at least one message and one byte: " + messages + ", " + bytes);
        }
    }
}
