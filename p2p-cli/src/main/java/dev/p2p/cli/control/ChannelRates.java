package dev.p2p.cli.control;

import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.cli.peerdata.ChannelFlow;
import dev.p2p.router.control.ChannelTraffic;
import dev.p2p.router.control.ChannelTraffic.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How fast messages and bytes flow over each channel, from counts that are taken now and then. Safe to use from every thread. */
final class ChannelRates {

    private volatile Map<PeerRef, Sample> samples = Map.of();

    /** A peer's channels at an instant, what they were when they were counted before, and when that was. */
    private record Sample(Instant at, List<ChannelTraffic> now, Instant beforeAt, List<ChannelTraffic> before) {}

    /**
     * A queue that holds more than all others.
     *
     * @param peer whose it is
     * @param channel which channel
     * @param inbound whether it waits for this node's reactor; else for the network
     */
    record Fullest(PeerRef peer, ChannelTraffic channel, boolean inbound) {

        Queued queue() {
            return inbound ? channel.inbound() : channel.outbound();
        }
    }

    /** Counts all connections. */
    void sample(List<PeerView> peers, Function<PeerView, List<ChannelTraffic>> channels, Instant now) {
        Map<PeerRef, Sample> next = new HashMap<>();
        for (PeerView peer : peers) {
            Sample before = samples.get(peer.peer());
            if (before != null && Duration.between(before.at(), now).compareTo(Rates.SHORTEST) < 0) {
                next.put(peer.peer(), before);
            } else {
                Instant beforeAt = before == null ? peer.since() : before.at();
                List<ChannelTraffic> old = before == null ? List.of() : before.now();
                next.put(peer.peer(), new Sample(now, channels.apply(peer), beforeAt, old));
            }
        }
        samples = next;
    }

    /** A connection's channels as they are, with how fast they flowed when they were counted last. */
    List<ChannelFlow> of(PeerRef peer, List<ChannelTraffic> channels) {
        Sample sample = samples.get(peer);
        return channels.stream().map(channel -> flow(channel, sample)).toList();
    }

    /** The queue that was fullest when they were counted last; empty if nothing waited anywhere. */
    Optional<Fullest> fullest() {
        Fullest fullest = null;
        for (Map.Entry<PeerRef, Sample> peer : samples.entrySet()) {
            for (ChannelTraffic channel : peer.getValue().now()) {
                for (boolean inbound : new boolean[] {true, false}) {
                    Fullest one = new Fullest(peer.getKey(), channel, inbound);
                    double least = fullest == null ? 0 : fullest.queue().fullness();
                    fullest = one.queue().fullness() > least ? one : fullest;
                }
            }
        }
        return Optional.ofNullable(fullest);
    }

    private static ChannelFlow flow(ChannelTraffic channel, @Nullable Sample sample) {
        return new ChannelFlow(
                channel.id().value(),
                channel.name(),
                way(channel, sample, ChannelTraffic::messagesIn, ChannelTraffic::bytesIn, channel.inbound()),
                way(channel, sample, ChannelTraffic::messagesOut, ChannelTraffic::bytesOut, channel.outbound()),
                channel.dropped());
    }

    private static ChannelFlow.Way way(
            ChannelTraffic channel,
            @Nullable Sample sample,
            ToLongFunction<ChannelTraffic> messages,
            ToLongFunction<ChannelTraffic> bytes,
            Queued queue) {
        return new ChannelFlow.Way(
                messages.applyAsLong(channel),
                bytes.applyAsLong(channel),
                rate(channel, sample, messages),
                rate(channel, sample, bytes),
                queue.messages(),
                queue.maxMessages());
    }

    private static double rate(ChannelTraffic channel, @Nullable Sample sample, ToLongFunction<ChannelTraffic> count) {
        if (sample == null) {
            return 0;
        }
        double seconds =
                Math.max(1, Duration.between(sample.beforeAt(), sample.at()).toMillis() / 1e3);
        long moved = count(sample.now(), channel, count) - count(sample.before(), channel, count);
        return Math.max(0, moved) / seconds;
    }

    private static long count(List<ChannelTraffic> all, ChannelTraffic channel, ToLongFunction<ChannelTraffic> count) {
        return all.stream()
                .filter(one -> one.id().equals(channel.id()))
                .mapToLong(count)
                .findFirst()
                .orElse(0);
    }
}
