package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Peers that an operator brings from elsewhere into a running node. */
class LiveImportTest {

    @RegisterExtension
    final TalkerNetwork network = new TalkerNetwork();

    @Test
    @DisplayName("W29: what is taken in is on disk with its past when the call returns, and a persistent one is dialed")
    void whatIsTakenInIsOnDiskAndDialed() throws Exception {
        Talker server = network.started(1);
        Talker client = network.started(2);
        Instant then = Instant.ofEpochSecond(1_700_000_000);
        HistoryEvent event = new HistoryEvent(then, HistoryEvent.Kind.PENALISED, "late", "");
        PeerRecord friend = PeerRecord.unknown(server.id(), then)
                .withAddresses(List.of(AddressRecord.heard(server.address(), new Source.Operator(), then)))
                .withFlags(Set.of(PeerFlag.PERSISTENT));
        List<PeerMemory> told = new ArrayList<>();
        told.add(new PeerMemory(friend, List.of(event)));
        told.add(new PeerMemory(PeerRecord.unknown(client.id(), then)));
        for (int i = 0; i < 500; i++) {
            told.add(new PeerMemory(PeerRecord.unknown(new NodeId(9, 9, i), then)));
        }

        assertThat(client.control().rehearse(told, MergeRule.KEEP))
                .startsWith(Outcome.DONE, Outcome.OWN_ADDRESS, Outcome.DONE);
        assertThat(client.control().peers()).isEmpty();
        assertThat(client.control().takeIn(told, MergeRule.KEEP))
                .hasSize(502)
                .startsWith(Outcome.DONE, Outcome.OWN_ADDRESS, Outcome.DONE);
        assertThat(client.store.history(server.id(), 10)).contains(event);
        assertThat(client.store.get(new NodeId(9, 9, 499))).isPresent();
        client.awaitUp();
        assertThat(client.control().takeIn(told.subList(2, 502), MergeRule.KEEP))
                .containsOnly(Outcome.UNCHANGED);
    }

    @Test
    @DisplayName("W29: of many long pasts nothing is lost on the way to the store")
    void ofManyLongPastsNothingIsLost() throws Exception {
        Talker node = network.started(1);
        Instant then = Instant.ofEpochSecond(1_700_000_000);
        List<PeerMemory> told = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            List<HistoryEvent> past = new ArrayList<>();
            for (int event = 0; event < 500; event++) {
                past.add(new HistoryEvent(then.minusSeconds(event), HistoryEvent.Kind.REFUSED, "full", "" + event));
            }
            told.add(new PeerMemory(PeerRecord.unknown(new NodeId(9, 9, i), then), past));
        }

        assertThat(node.control().takeIn(told, MergeRule.KEEP)).hasSize(40).containsOnly(Outcome.DONE);
        for (PeerMemory peer : told) {
            assertThat(node.store.history(peer.record().id(), 1_000)).isEqualTo(peer.history());
        }
        assertThat(node.control().store().dropped()).isZero();
    }
}
