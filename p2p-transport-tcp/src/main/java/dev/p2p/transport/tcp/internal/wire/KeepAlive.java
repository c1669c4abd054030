package dev.p2p.transport.tcp.internal.wire;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

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

    private static final String PING = "ping-interval-ms";
    private static final String SILENCE = "silence-limit-ms";
    private static final String STALL = "write-stall-limit-ms";
    private static final int LOOKS_PER_LIMIT = 10;

    /** The standard values, except for what the settings say; the watchdog looks often enough for the shortest limit. */
    static KeepAlive of(Map<String, String> settings) {
        Duration ping = millis(settings, PING, STANDARD.pingEvery);
        Duration silence = millis(settings, SILENCE, STANDARD.silentAfter);
        Duration stall = millis(settings, STALL, STANDARD.stalledAfter);
        Duration often = Collections.min(List.of(ping, silence, stall)).dividedBy(LOOKS_PER_LIMIT);
        Duration look = Collections.min(List.of(STANDARD.checkEvery, often));
        return new KeepAlive(ping, silence, stall, STANDARD.pauseSign, look);
    }

    private static Duration millis(Map<String, String> settings, String name, Duration otherwise) {
        String text = settings.get(name);
        if (text == null) {
            return otherwise;
        }
        Duration value = Duration.ofMillis(Long.parseLong(text));
        if (value.toMillis() < LOOKS_PER_LIMIT) {
            throw new IllegalArgumentException(name + " is at least " + LOOKS_PER_LIMIT + ", not " + text);
        }
        return value;
    }
}
