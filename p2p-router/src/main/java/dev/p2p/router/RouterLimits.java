package dev.p2p.router;

import java.time.Duration;

/**
 * How much a node takes on and how long it waits.
 *
 * @param maxInbound the most connections that others opened, at least 0; those in progress count. From 8 on, an eighth of them, at
 *     most 8, is kept for newcomers, who are served for half a minute
 * @param maxOutbound the most connections that this node opens to peers which are not configured, at least 0
 * @param maxPending the most inbound connections that have not proven themselves, at least 1
 * @param maxKnownPeers the most peers kept in memory, at least 1
 * @param dialTimeout until a connection is open
 * @param handshakeTimeout from then until the peer has proven itself and told of itself
 * @param closeTimeout how long closing may take before threads are interrupted
 */
public record RouterLimits(
        int maxInbound,
        int maxOutbound,
        int maxPending,
        int maxKnownPeers,
        Duration dialTimeout,
        Duration handshakeTimeout,
        Duration closeTimeout) {

    /** What suits a node on the public network. Caps as in CometBFT's configuration (40 in, 10 out). */
    public static final RouterLimits STANDARD =
            new RouterLimits(40, 10, 64, 10_000, Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(3));

    public RouterLimits {
        if (maxInbound < 0 || maxOutbound < 0 || maxPending < 1 || maxKnownPeers < 1) {
            throw new IllegalArgumentException("a limit is too small: " + maxInbound + " inbound, " + maxOutbound
                    + " outbound, " + maxPending + " pending, " + maxKnownPeers + " known");
        }
        requirePositive(dialTimeout);
        requirePositive(handshakeTimeout);
        requirePositive(closeTimeout);
    }

    public RouterLimits withPeers(int inbound, int outbound) {
        return new RouterLimits(
                inbound, outbound, maxPending, maxKnownPeers, dialTimeout, handshakeTimeout, closeTimeout);
    }

    public RouterLimits withMaxPending(int value) {
        return new RouterLimits(
                maxInbound, maxOutbound, value, maxKnownPeers, dialTimeout, handshakeTimeout, closeTimeout);
    }

    public RouterLimits withMaxKnownPeers(int value) {
        return new RouterLimits(
                maxInbound, maxOutbound, maxPending, value, dialTimeout, handshakeTimeout, closeTimeout);
    }

    private static void requirePositive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a time limit is more than zero, not " + duration);
        }
    }
}
