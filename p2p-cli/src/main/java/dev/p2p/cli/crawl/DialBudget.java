package dev.p2p.cli.crawl;

import java.util.HashMap;
import java.util.Map;

/**
 * How often and where a crawl may dial. Pure: time comes in as nanoseconds of any monotonic clock. One thread uses it. Its memory
 * is bounded by the dials that it allows.
 */
final class DialBudget {

    /** So much of a second may be caught up at once. */
    private static final double BURST_SECONDS = 0.25;

    private final double perNano;
    private final double burst;
    private final Map<String, Integer> runningInGroup = new HashMap<>();
    private final Map<String, Integer> begunInGroup = new HashMap<>();
    private final Map<String, Integer> begunAtHost = new HashMap<>();
    private double tokens;
    private long filledAt;

    DialBudget(double dialsPerSecond, long now) {
        this.perNano = dialsPerSecond / 1e9;
        this.burst = Math.max(1, dialsPerSecond * BURST_SECONDS);
        this.tokens = 1;
        this.filledAt = now;
    }

    /** Whether the place has had all the dials that it will ever get. */
    boolean isUsedUp(Neighbourhood place) {
        return place.limited()
                && (begunInGroup.getOrDefault(place.group(), 0) >= CrawlLimits.DIALS_PER_GROUP
                        || begunAtHost.getOrDefault(place.host(), 0) >= CrawlLimits.DIALS_PER_IP);
    }

    /** Whether another dial may go there beside those that are under way. */
    boolean hasRoom(Neighbourhood place) {
        return !place.limited() || runningInGroup.getOrDefault(place.group(), 0) < CrawlLimits.AT_ONCE_PER_GROUP;
    }

    /** How long until the next dial anywhere; 0 if it may begin now. */
    long nanosUntilNext(long now) {
        fill(now);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
    }

    /** A dial begins. */
    void begin(Neighbourhood place, long now) {
        beginAgain(place, now);
        if (place.limited()) {
            begunInGroup.merge(place.group(), 1, Integer::sum);
            begunAtHost.merge(place.host(), 1, Integer::sum);
        }
    }

    /**
     * A dial begins to a node that has answered there before. It counts for the rate and for what is under way, and not for the
     * place's share, which protects those whom a liar names.
     */
    void beginAgain(Neighbourhood place, long now) {
        fill(now);
        tokens -= 1;
        if (place.limited()) {
            runningInGroup.merge(place.group(), 1, Integer::sum);
        }
    }

    /** A dial that began is over, with everything that followed from it. */
    void end(Neighbourhood place) {
        if (place.limited()) {
            runningInGroup.computeIfPresent(place.group(), (group, count) -> count > 1 ? count - 1 : null);
        }
    }

    private void fill(long now) {
        tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
        filledAt = now;
    }
}
