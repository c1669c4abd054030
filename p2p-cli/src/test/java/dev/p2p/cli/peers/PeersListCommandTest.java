package dev.p2p.cli.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.cli.peerdata.LiveState;
import dev.p2p.cli.peerdata.PeerColumns;
import dev.p2p.cli.peerdata.PeerRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which peers the options of {@code p2p peers list} let through. */
class PeersListCommandTest {

    private static final Instant NOW = Instant.parse("2026-08-30T12:00:00Z");

    @Test
    void whoeverIsConnectedNowWasConnectedWithinAnyTime() {
        Duration hour = Duration.ofHours(1);
        assertThat(within(Duration.ofMinutes(1), "connected", hour)).isTrue();
        assertThat(within(Duration.ofMinutes(1), "ready", hour)).isFalse();
        assertThat(within(Duration.ofHours(2), "ready", hour)).isTrue();
    }

    private static boolean within(Duration time, String state, Duration connectedAgo) {
        PeerRecord record = PeerRecord.unknown(NodeId.parse("8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55"), NOW)
                .withLastConnected(NOW.minus(connectedAgo));
        LiveState live = new LiveState(state, 0, Optional.empty(), List.of(), Optional.empty());
        PeerRow row = new PeerRow(record, Set.of(), Optional.of(live));
        return PeersListCommand.connectedWithin(time)
                .test(PeerColumns.listing(true, InstantSource.fixed(NOW)).values(row), NOW);
    }
}
