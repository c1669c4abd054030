package dev.p2p.api.transport;

/**
 * What happened on a link below the messages. All numbers count since the connection was made.
 *
 * @param bytesIn bytes read from the network, with all overhead; grows with whatever the peer sends, answers to pings too,
 *     because it is what the platform takes for a sign of life
 * @param bytesOut bytes written to the network, with all overhead
 * @param pingsSent keep-alive requests sent
 * @param pongsReceived answers to them
 * @param pingsReceived keep-alive requests of the peer
 * @param roundTripNanos the last measured time between a ping and its pong; 0 if none was measured
 */
public record LinkCounters(
        long bytesIn, long bytesOut, long pingsSent, long pongsReceived, long pingsReceived, long roundTripNanos) {}
