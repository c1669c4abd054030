package dev.p2p.cli.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What differs is what is named. */
class PeerDifferenceTest {

    private static final Instant NOW = Instant.parse("2026-08-30T12:00:00Z");
    private static final PeerRecord PEER =
            PeerRecord.unknown(NodeId.parse("8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55"), NOW);

    @Test
    void aScoreThatWasOnlyCountedAgainDidNotChange() {
        assertThat(parts(PEER, PEER.withReputation(0, NOW.plusSeconds(9)))).containsExactly("score-time");
        assertThat(parts(PEER, PEER.withReputation(-20, NOW.plusSeconds(9)))).containsExactly("score:0.0→-20.0");
    }

    private static List<String> parts(PeerRecord before, PeerRecord after) {
        return PeerDifference.between(List.of(before), List.of(after))
                .getFirst()
                .what();
    }
}
