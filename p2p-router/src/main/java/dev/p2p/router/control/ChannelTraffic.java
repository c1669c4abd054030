package dev.p2p.router.control;

import dev.p2p.api.ChannelId;

/**
 * What went over one channel of a connection since it was made, and what waits there.
 *
 * @param id the channel
 * @param name its name, as the reactor that serves it says
 * @param messagesIn complete messages received
 * @param bytesIn their encoded bytes
 * @param messagesOut complete messages that the writer took
 * @param bytesOut the bytes that it took of them
 * @param dropped received messages that were dropped because too many waited
 * @param inbound what waits for the reactor
 * @param outbound what waits to be written
 */
public record ChannelTraffic(
        ChannelId id,
        String name,
        long messagesIn,
        long bytesIn,
        long messagesOut,
        long bytesOut,
        long dropped,
        Queued inbound,
        Queued outbound) {

    /**
     * A queue at one moment.
     *
     * @param messages how many wait
     * @param maxMessages how many may
     * @param bytes how many bytes they have
     * @param maxBytes how many they may have
     */
    public record Queued(int messages, int maxMessages, long bytes, long maxBytes) {

        /** How full it is, by messages or bytes, whichever is more: 0 to 1, and more where one message is larger than the limit. */
        public double fullness() {
            return Math.max((double) messages / maxMessages, (double) bytes / maxBytes);
        }
    }
}
