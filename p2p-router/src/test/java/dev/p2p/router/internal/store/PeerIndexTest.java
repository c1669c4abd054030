package dev.p2p.router.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerSummary;
import dev.p2p.api.store.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerIndexTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @Test
    void aStoreIsLoadedWithWhoIsDueWhenAndWhoIsBanned() throws Exception {
        MemoryPeerStore store = new MemoryPeerStore();
        PeerRecord soon = dialable(1, NOW.plusSeconds(5));
        PeerRecord later = dialable(2, NOW.plusSeconds(9)).withReputation(-3.5, NOW);
        PeerRecord banned = dialable(3, NOW).withBan(Optional.of(new Mark(NOW.plusSeconds(7), "flood")));
        PeerRecord placeless = PeerRecord.unknown(id(4), NOW);
        for (PeerRecord peer : List.of(later, banned, placeless, soon)) {
            store.write(List.of(new Change.Put(peer)), Durability.ASYNC);
        }
        PeerIndex index = PeerIndex.load(store, 1);
        assertThat(index.size()).isEqualTo(4);
        assertThat(index.due(NOW)).isEmpty();
        assertThat(index.firstDue()).isEqualTo(NOW.plusSeconds(5).toEpochMilli());
        assertThat(index.due(NOW.plusSeconds(6))).contains(soon.id());
        index.remove(soon.id());
        assertThat(index.due(NOW.plusSeconds(8))).contains(banned.id());
        index.unschedule(banned.id());
        assertThat(index.due(NOW.plusSeconds(10))).contains(later.id());
        index.schedule(placeless.id(), NOW);
        index.unschedule(later.id());
        assertThat(index.first()).isEmpty();
        assertThat(index.isBanned(banned.id())).isTrue();
        assertThat(index.isBanned(later.id())).isFalse();
        assertThat(index.reputation(later.id())).isEqualTo(-3.5f);
        assertThat(index.reputationAt(later.id())).isEqualTo(NOW);
        assertThat(index.contains(placeless.id())).isTrue();
        assertThat(index.contains(soon.id())).isFalse();
    }

    @Test
    void whatAConnectionLeftBehindIsKnown() {
        PeerIndex index = new PeerIndex(0, 1);
        AddressRecord tried = dialable(1, NOW).addresses().getFirst();
        PeerRecord peer = PeerRecord.unknown(id(1), NOW)
                .withAddresses(List.of(tried.failed(NOW).failed(NOW)));
        index.put(PeerSummary.of(peer));
        assertThat(index.failures(id(1))).isEqualTo(3);
        assertThat(index.isVerified(id(1))).isFalse();
        index.put(PeerSummary.of(peer.withAddresses(List.of(tried.succeeded(NOW)))));
        assertThat(index.failures(id(1))).isZero();
        assertThat(index.isVerified(id(1))).isTrue();
        assertThat(index.lastSuccess(id(1))).isEqualTo(NOW);
    }

    @Test
    void peersThatAreDueTogetherAreDrawnByLotAndTheSameSeedDrawsTheSame() {
        assertThat(order(1)).hasSize(50).isEqualTo(order(1)).isNotEqualTo(order(2));
    }

    /** Random changes against a plain map: whoever comes first must be one that is due first, and all must come once. */
    @Test
    void agreesWithAPlainMapAfterManyChanges() {
        Random random = new Random(3);
        PeerIndex index = new PeerIndex(4, 9);
        Map<NodeId, Long> model = new HashMap<>();
        Set<NodeId> known = new HashSet<>();
        for (int step = 0; step < 200_000; step++) {
            NodeId id = new NodeId(random.nextInt(40), random.nextInt(50), 7);
            long due = random.nextInt(1_000);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    index.put(summary(id, due));
                    model.put(id, due);
                    known.add(id);
                }
                case 3 -> {
                    index.remove(id);
                    model.remove(id);
                    known.remove(id);
                }
                case 4 -> {
                    index.unschedule(id);
                    model.remove(id);
                }
                default -> {
                    index.schedule(id, Instant.ofEpochMilli(due));
                    if (known.contains(id)) {
                        model.put(id, due);
                    }
                }
            }
            assertThat(index.contains(id)).isEqualTo(known.contains(id));
            if (step % 500 == 0) {
                assertThat(index.size()).isEqualTo(known.size());
                assertThat(index.firstDue())
                        .isEqualTo(model.values().stream()
                                .mapToLong(Long::longValue)
                                .min()
                                .orElse(Long.MAX_VALUE));
            }
        }
        long last = Long.MIN_VALUE;
        while (index.first().isPresent()) {
            NodeId first = index.first().get();
            assertThat(index.firstDue()).isEqualTo(model.remove(first)).isGreaterThanOrEqualTo(last);
            last = index.firstDue();
            index.unschedule(first);
        }
        assertThat(model).isEmpty();
    }

    private static List<NodeId> order(long seed) {
        PeerIndex index = new PeerIndex(0, seed);
        for (int i = 0; i < 50; i++) {
            index.put(summary(id(i), 0));
        }
        List<NodeId> order = new ArrayList<>();
        while (index.first().isPresent()) {
            order.add(index.first().get());
            index.unschedule(order.getLast());
        }
        return order;
    }

    private static PeerSummary summary(NodeId id, long due) {
        return new PeerSummary(id, 1, due, PeerSummary.NEVER, 0, 0, 0, PeerSummary.NEVER, PeerSummary.NEVER, Set.of());
    }

    private static PeerRecord dialable(int number, Instant next) {
        AddressRecord address =
                AddressRecord.heard(NodeAddress.parse(id(number) + "@192.0.2.1:26656"), new Source.Operator(), NOW);
        return PeerRecord.unknown(id(number), NOW).withAddresses(List.of(address.failed(next)));
    }

    private static NodeId id(int number) {
        return new NodeId(0, 0, number);
    }
}
