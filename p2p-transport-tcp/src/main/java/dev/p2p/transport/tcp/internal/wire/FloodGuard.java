package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;

/**
 * What a peer may send that moves nothing (section 8). Bytes of messages need no budget here: they cost their sender as much as
 * this side, and a slow receiver pauses the peer. A packet that brings a message no further, a pong or a ping costs its sender
 * nine bytes or fewer and never meets a full queue. Used by one thread.
 */
final class FloodGuard {

    /** A packet that does not end its message and carries less than this is idle. Honest senders fill all packets but the last. */
    static final int LEAST_SLICE_BYTES = 64;

    private static final double IDLE_PER_SECOND = 10_000;
    private static final double IDLE_AT_ONCE = 20_000;
    private static final double PINGS_PER_SECOND = 10;
    private static final double PINGS_AT_ONCE = 100;

    private final TokenBucket idle;
    private final TokenBucket pings;

    FloodGuard(long nowNanos) {
        this.idle = new TokenBucket(IDLE_PER_SECOND, IDLE_AT_ONCE, nowNanos);
        this.pings = new TokenBucket(PINGS_PER_SECOND, PINGS_AT_ONCE, nowNanos);
    }

    /** Whether a message's packet brings it no further. */
    static boolean isIdle(int dataBytes, boolean eof) {
        return !eof && dataBytes < LEAST_SLICE_BYTES;
    }

    /** A ping came. */
    void ping(long nowNanos) throws TransportException {
        if (!pings.take(1, nowNanos)) {
            throw new TransportException(Reason.FLOOD, "the peer sends more pings than can be honest");
        }
    }

    /** So many packets came that moved nothing. */
    void idle(int packets, long nowNanos) throws TransportException {
        if (packets > 0 && !idle.take(packets, nowNanos)) {
            throw new TransportException(
                    Reason.FLOOD, "the peer sends more packets without content than can be honest");
        }
    }
}
