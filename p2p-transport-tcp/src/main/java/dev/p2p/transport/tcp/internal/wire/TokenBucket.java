package dev.p2p.transport.tcp.internal.wire;

/** A budget that refills with time. Used by one thread. */
final class TokenBucket {

    private final double perNano;
    private final double burst;
    private double tokens;
    private long lastNanos;

    /**
     * @param perSecond how many are allowed in the long run
     * @param burst how many at once
     */
    TokenBucket(double perSecond, double burst, long nowNanos) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.tokens = burst;
        this.lastNanos = nowNanos;
    }

    /** Takes some; false if they are not there. */
    boolean take(double count, long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - lastNanos) * perNano);
        lastNanos = nowNanos;
        tokens -= count;
        return tokens >= 0;
    }
}
