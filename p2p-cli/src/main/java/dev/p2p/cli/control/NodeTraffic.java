package dev.p2p.cli.control;

import dev.p2p.api.reactor.PeerView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What flows over all connections together.
 *
 * @param rate bytes a second
 * @param dropped received messages that full queues dropped, on the connections that there are now
 * @param roundTrips the last answers to pings in milliseconds, shortest first
 * @param fullest the queue that is fullest
 */
record NodeTraffic(Rates.Rate rate, long dropped, List<Double> roundTrips, Optional<ChannelRates.Fullest> fullest) {

    static NodeTraffic of(List<PeerView> peers, Rates.Rate rate, Optional<ChannelRates.Fullest> fullest) {
        List<Double> roundTrips = new ArrayList<>();
        long dropped = 0;
        for (PeerView peer : peers) {
            dropped += peer.traffic().dropped();
            long nanos = peer.traffic().link().roundTripNanos();
            if (nanos > 0) {
                roundTrips.add(nanos / 1e6);
            }
        }
        roundTrips.sort(null);
        return new NodeTraffic(rate, dropped, roundTrips, fullest);
    }

    void into(Map<String, Object> fields) {
        fields.put("in_rate", rate.in());
        fields.put("out_rate", rate.out());
        fields.put("dropped", dropped);
        if (!roundTrips.isEmpty()) {
            fields.put("ping_p50_ms", percentile(50));
            fields.put("ping_p99_ms", percentile(99));
        }
        fullest.ifPresent(queue -> fields.put("fullest_queue", fields(queue)));
    }

    /** The smallest that so many of a hundred do not exceed. */
    private double percentile(int percent) {
        return roundTrips.get(Math.max(0, (roundTrips.size() * percent + 99) / 100 - 1));
    }

    private static Map<String, Object> fields(ChannelRates.Fullest fullest) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("peer", fullest.peer().id().toString());
        fields.put("channel", fullest.channel().id().value());
        fields.put("name", fullest.channel().name());
        fields.put("inbound", fullest.inbound());
        fields.put("waiting", fullest.queue().messages());
        fields.put("max_waiting", fullest.queue().maxMessages());
        fields.put("waiting_bytes", fullest.queue().bytes());
        fields.put("max_waiting_bytes", fullest.queue().maxBytes());
        return fields;
    }
}
