package dev.p2p.transport.tcp.internal.wire;

import java.time.Duration;

/**
 * When a quiet link is asked for a sign of life, and when it is given up (sections 4.5 and 8).
 *
 * @param pingEvery how often this side asks
 * @param silentAfter nothing at all was read for so long: the peer is gone
 * @param stalledAfter one write took so long: the peer reads nothing
 * @param pauseSign how often an unasked pong is sent while this side does not read
 * @param checkEvery how often the watchdog looks
 */
record KeepAlive(
        Duration pingEvery, Duration silentAfter, Duration stalledAfter, Duration pauseSign, Duration checkEvery) {

    /** CometBFT's own values: it pings every 60 s and gives up 45 s later. */
    static final KeepAlive STANDARD = new KeepAlive(
            Duration.ofSeconds(60),
            Duration.ofSeconds(105),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));
}
