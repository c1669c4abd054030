package dev.p2p.router;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How much a node takes on and how long it waits.
 *
 * @param maxInbound the most connections that others opened, at least 0; those that have not proven themselves do not count. From 8 on, an eighth of them, at
 *     most 8, is kept for newcomers, who are served for half a minute
 * @param maxOutbound the most connections that this node opens to peers which are not configured, at least 0
 * @param maxPending the most inbound connections that have not proven themselves, at least 1; the oldest of them makes room
 * @param maxKnownPeers the most peers kept in memory, at least 1
 * @param dialTimeout until a connection is open
 * @param handshakeTimeout from then until the peer has proven itself and told of itself
 * @param closeTimeout how long closing may take before threads are interrupted
 * @param perAddress how much of it one address may take
 * @param maxUnfinishedBytes the most memory for messages of which only a part has come, over all peers and channels, at
 *     least 1; the connection that holds most of it is ended when there is no more
 */
public record RouterLimits(
        int maxInbound,
        int maxOutbound,
        int maxPending,
        int maxKnownPeers,
        Duration dialTimeout,
        Duration handshakeTimeout,
        Duration closeTimeout,
        AddressLimits perAddress,
        long maxUnfinishedBytes) {

    /**
     * What suits a node on the public network. Caps as in CometBFT's configuration (40 in, 10 out); memory for one of its
     * largest messages (a block of 100 MiB) and as much again.
     */
    public static final RouterLimits STANDARD = new RouterLimits(
            40,
            10,
            64,
            10_000,
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            AddressLimits.STANDARD,
            256L << 20);

    public RouterLimits {
        if (maxInbound < 0 || maxOutbound < 0 || maxPending < 1 || maxKnownPeers < 1 || maxUnfinishedBytes < 1) {
            throw new IllegalArgumentException("a limit is too small: " + maxInbound + " inbound, " + maxOutbound
                    + " outbound, " + maxPending + " pending, " + maxKnownPeers + " known, " + maxUnfinishedBytes
                    + " bytes");
        }
        requirePositive(dialTimeout);
        requirePositive(handshakeTimeout);
        requirePositive(closeTimeout);
    }

    public RouterLimits withPeers(int inbound, int outbound) {
        return with(draft -> {
            draft.maxInbound = inbound;
            draft.maxOutbound = outbound;
        });
    }

    public RouterLimits withMaxPending(int value) {
        return with(draft -> draft.maxPending = value);
    }

    public RouterLimits withHandshakeTimeout(Duration value) {
        return with(draft -> draft.handshakeTimeout = value);
    }

    public RouterLimits withPerAddress(AddressLimits value) {
        return with(draft -> draft.perAddress = value);
    }

    public RouterLimits withMaxUnfinishedBytes(long value) {
        return with(draft -> draft.maxUnfinishedBytes = value);
    }

    public RouterLimits withMaxKnownPeers(int value) {
        return with(draft -> draft.maxKnownPeers = value);
    }

    private RouterLimits with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.limits();
    }

    private static void requirePositive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a time limit is more than zero, not " + duration);
        }
    }

    /** The same in a form that can be changed. */
    private static final class Draft {

        private int maxInbound;
        private int maxOutbound;
        private int maxPending;
        private int maxKnownPeers;
        private final Duration dialTimeout;
        private Duration handshakeTimeout;
        private final Duration closeTimeout;
        private AddressLimits perAddress;
        private long maxUnfinishedBytes;

        Draft(RouterLimits from) {
            maxInbound = from.maxInbound;
            maxOutbound = from.maxOutbound;
            maxPending = from.maxPending;
            maxKnownPeers = from.maxKnownPeers;
            dialTimeout = from.dialTimeout;
            handshakeTimeout = from.handshakeTimeout;
            closeTimeout = from.closeTimeout;
            perAddress = from.perAddress;
            maxUnfinishedBytes = from.maxUnfinishedBytes;
        }

        RouterLimits limits() {
            return new RouterLimits(
                    maxInbound,
                    maxOutbound,
                    maxPending,
                    maxKnownPeers,
                    dialTimeout,
                    handshakeTimeout,
                    closeTimeout,
                    perAddress,
                    maxUnfinishedBytes);
        }
    }
}
