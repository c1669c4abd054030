package dev.p2p.cli.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.cli.peerdata.PeerExplanation;
import dev.p2p.cli.peerdata.PeerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a store says of a peer follows from what it remembers. */
class StoredExplanationTest {

    private static final Instant NOW = Instant.parse("2026-08-30T12:00:00Z");
    private static final NodeId ID = NodeId.parse("8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55");

    @Test
    void whoeverWasNeverDialedIsUntried() {
        PeerExplanation told = explain(known(address(null, 0, null)));
        assertThat(told.state()).isEqualTo("untried");
        assertThat(told.why()).isEqualTo("it was heard of and never dialed");
    }

    @Test
    void whoeverCameByItselfWasNotOnlyHeardOf() {
        PeerExplanation told = explain(known(address(null, 0, null)).withLastConnected(NOW.minusSeconds(48)));
        assertThat(told.state()).isEqualTo("untried");
        assertThat(told.why()).isEqualTo("it connected 48s ago, and none of its known addresses was ever dialed");
    }

    @Test
    void failedDialsAreNoLackOfTrying() {
        PeerExplanation told = explain(known(address(null, 3, NOW.minusSeconds(1))));
        assertThat(told.state()).isEqualTo("unreached");
        assertThat(told.why()).isEqualTo("it was never reached: the last 3 dials of its best address failed");
        assertThat(told.next()).isEqualTo("a node that runs on this store dials it when a slot is free");
    }

    @Test
    void aPeerThatRestsDidNotFail() {
        PeerExplanation told = explain(known(address(NOW.minusSeconds(60), 0, NOW.plusSeconds(60))));
        assertThat(told.state()).isEqualTo("backing-off");
        assertThat(told.why()).isEqualTo("it rests; no dial of its best address failed since it was reached 1m 0s ago");
        assertThat(explain(known(address(null, 1, NOW.plusSeconds(60)))).why())
                .isEqualTo("the last dial of its best address failed");
    }

    @Test
    void failuresStandAgainstAPeerThatWasReachedOnce() {
        PeerExplanation told = explain(known(address(NOW.minus(Duration.ofHours(5)), 2, NOW.minusSeconds(1))));
        assertThat(told.state()).isEqualTo("verified");
        assertThat(told.why())
                .isEqualTo("a connection was made to it 5h 0m ago; the last 2 dials of its best address failed");
    }

    private static PeerExplanation explain(PeerRecord peer) {
        return StoredExplanation.of(ID, Optional.of(PeerRow.stored(peer)), List.of(), NOW);
    }

    private static PeerRecord known(AddressRecord address) {
        return PeerRecord.unknown(ID, NOW).withAddresses(List.of(address));
    }

    private static AddressRecord address(@Nullable Instant reached, int failures, @Nullable Instant notBefore) {
        return new AddressRecord(
                NodeAddress.parse(ID + "@203.0.113.7:26656"),
                new Source.Operator(),
                NOW.minus(Duration.ofDays(1)),
                Optional.ofNullable(reached),
                failures,
                Optional.ofNullable(notBefore),
                Optional.empty());
    }
}
