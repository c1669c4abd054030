package dev.p2p.api.reactor;

import dev.p2p.api.transport.LinkCounters;

/**
 * What went over a connection since it was made.
 *
 * @param messagesIn complete messages received
 * @param bytesIn their encoded bytes
 * @param messagesOut complete messages handed to the transport
 * @param bytesOut their encoded bytes
 * @param dropped received messages that were dropped because a lane was full
 * @param link what happened below the messages
 */
public record Traffic(
        long messagesIn, long bytesIn, long messagesOut, long bytesOut, long dropped, LinkCounters link) {}
