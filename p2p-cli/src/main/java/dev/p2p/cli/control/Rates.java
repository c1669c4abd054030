package dev.p2p.cli.control;

import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fast bytes flow over each connection, from counts that are taken now and then. Safe to use from every thread. */
final class Rates {

    /** Over a shorter time a rate says nothing. */
    static final Duration SHORTEST = Duration.ofMillis(500);

    private volatile Map<PeerRef, Sample> samples = Map.of();

    /**
     * Bytes a second.
     *
     * @param in received
     * @param out sent
     */
    record Rate(double in, double out) {}

    private record Sample(Instant at, long in, long out, Rate rate) {}

    /** Counts all connections. */
    void sample(List<PeerView> peers, Instant now) {
        Map<PeerRef, Sample> next = new HashMap<>();
        for (PeerView view : peers) {
            next.put(view.peer(), sample(view, samples.get(view.peer()), now));
        }
        samples = next;
    }

    /** The rate of a connection: since the last two counts, or since it was made. */
    Rate of(PeerView view, Instant now) {
        Sample sample = samples.get(view.peer());
        return sample == null
                ? rate(view.traffic().bytesIn(), view.traffic().bytesOut(), view.since(), now)
                : sample.rate();
    }

    /** All connections together. */
    Rate total() {
        double in = 0;
        double out = 0;
        for (Sample sample : samples.values()) {
            in += sample.rate().in();
            out += sample.rate().out();
        }
        return new Rate(in, out);
    }

    private static Sample sample(PeerView view, @Nullable Sample before, Instant now) {
        if (before != null && Duration.between(before.at(), now).compareTo(SHORTEST) < 0) {
            return before;
        }
        long in = view.traffic().bytesIn();
        long out = view.traffic().bytesOut();
        Rate rate = before == null
                ? rate(in, out, view.since(), now)
                : rate(in - before.in(), out - before.out(), before.at(), now);
        return new Sample(now, in, out, rate);
    }

    private static Rate rate(long in, long out, Instant from, Instant now) {
        double seconds = Math.max(1, Duration.between(from, now).toMillis() / 1e3);
        return new Rate(Math.max(0, in) / seconds, Math.max(0, out) / seconds);
    }
}
