package dev.p2p.router.internal.peers;

import java.time.Duration;
import java.time.Instant;

/** How fast dials may begin: a bucket of tokens that fills by the millisecond, faster while the node lacks peers. */
final class DialBudget {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final double burst;
    private double tokens;
    private double perSecond;
    private long asOf;

    DialBudget(int burst, double perSecond, Instant now) {
        this.burst = burst;
        this.tokens = burst;
        this.perSecond = perSecond;
        this.asOf = now.toEpochMilli();
    }

    /** Changes the rate from now on. */
    void rate(double value, Instant now) {
        refill(now);
        perSecond = value;
    }

    boolean available(Instant now) {
        refill(now);
        return tokens >= 1;
    }

    /** Takes a token; the bucket may go below zero for dials that do not wait. */
    void take() {
        tokens--;
    }

    /** Lets some dials begin at once. */
    void grant(int dials) {
        tokens += dials;
    }

    /** From when on a token is there; the far future if never. */
    Instant availableAt(Instant now) {
        refill(now);
        if (tokens >= 1) {
            return now;
        }
        if (perSecond <= 0) {
            return Instant.MAX;
        }
        return now.plusMillis((long) Math.ceil((1 - tokens) / perSecond * MILLIS_PER_SECOND));
    }

    /** The wall clock was set: that is no time in which tokens come. */
    void shift(Duration by) {
        asOf += by.toMillis();
    }

    private void refill(Instant now) {
        long millis = now.toEpochMilli();
        double gained = Math.max(0, millis - asOf) * perSecond / MILLIS_PER_SECOND;
        tokens = Math.max(tokens, Math.min(burst, tokens + gained));
        asOf = millis;
    }
}
