package dev.p2p.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.ChannelId;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.cli.peerdata.ChannelFlow;
import dev.p2p.router.control.ChannelTraffic;
import dev.p2p.router.control.ChannelTraffic.Queued;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What flows over each channel, and which queue is fullest. */
class ChannelRatesTest {

    private static final Instant NOW = Instant.parse("2026-08-30T12:00:00Z");
    private static final Queued EMPTY = new Queued(0, 100, 0, 1_000);

    private final PeerView peer = new StagedControl(NOW, 0).connected().getFirst();
    private final ChannelRates rates = new ChannelRates();

    private static ChannelTraffic channel(long messages, Queued in, Queued out) {
        return new ChannelTraffic(new ChannelId(0x30), "mempool", messages, 10 * messages, 2 * messages, 7, 3, in, out);
    }

    private void sample(Instant at, ChannelTraffic channel) {
        rates.sample(List.of(peer), view -> List.of(channel), at);
    }

    private ChannelFlow flow(ChannelTraffic channel) {
        return rates.of(peer.peer(), List.of(channel)).getFirst();
    }

    @Test
    void aRateIsWhatCameBetweenTheLastTwoCounts() {
        sample(NOW, channel(1_000, EMPTY, EMPTY));
        sample(NOW.plusSeconds(2), channel(1_100, EMPTY, EMPTY));

        ChannelFlow flow = flow(channel(1_150, new Queued(4, 100, 9, 1_000), EMPTY));

        assertThat(flow.in().messagesPerSecond()).isEqualTo(50);
        assertThat(flow.in().bytesPerSecond()).isEqualTo(500);
        assertThat(flow.out().messagesPerSecond()).isEqualTo(100);
        assertThat(flow.in().messages()).isEqualTo(1_150);
        assertThat(flow.in().waiting()).isEqualTo(4);
        assertThat(flow.dropped()).isEqualTo(3);
    }

    @Test
    void countsTooCloseToEachOtherSayNothing() {
        sample(NOW, channel(0, EMPTY, EMPTY));
        sample(NOW.plusMillis(1_000), channel(30, EMPTY, EMPTY));
        sample(NOW.plusMillis(1_100), channel(1_000_000, EMPTY, EMPTY));

        assertThat(flow(channel(1_000_000, EMPTY, EMPTY)).in().messagesPerSecond())
                .isEqualTo(30);
    }

    @Test
    void aConnectionThatWasNeverCountedHasNoRateYet() {
        assertThat(flow(channel(1_000, EMPTY, EMPTY)).in().messagesPerSecond()).isZero();
    }

    @Test
    void theFullestQueueCountsMessagesOrBytesWhicheverIsMore() {
        sample(NOW, channel(0, new Queued(40, 100, 10, 1_000), new Queued(1, 100, 700, 1_000)));

        ChannelRates.Fullest fullest = rates.fullest().orElseThrow();
        assertThat(fullest.inbound()).isFalse();
        assertThat(fullest.queue().fullness()).isEqualTo(0.7);
        assertThat(fullest.peer()).isEqualTo(peer.peer());
    }

    @Test
    void whereNothingWaitsNoQueueIsFullest() {
        sample(NOW, channel(10, EMPTY, EMPTY));

        assertThat(rates.fullest()).isEmpty();
    }
}
