package dev.p2p.testkit.store;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records and events by number. */
final class StoreFixtures {

    private StoreFixtures() {}

    static List<NodeId> ids(PeerStore.Scan scan) throws PeerStoreException {
        List<NodeId> ids = new ArrayList<>();
        Optional<PeerRecord> peer = scan.next();
        while (peer.isPresent()) {
            ids.add(peer.get().id());
            peer = scan.next();
        }
        return ids;
    }

    static Change put(int number) {
        return new Change.Put(PeerRecord.unknown(id(number), instant(number)));
    }

    static NodeId id(int number) {
        return new NodeId(0, 0, number);
    }

    static Instant instant(int seconds) {
        return Instant.ofEpochSecond(1_700_000_000L + seconds, 123_000_000);
    }

    static HistoryEvent event(int number) {
        return new HistoryEvent(instant(number), HistoryEvent.Kind.DIAL_FAILED, "dial-timeout", "number " + number);
    }

    /** A record in which every field says something. */
    static PeerRecord complete(int number) {
        NodeId id = id(number);
        AddressRecord heard = AddressRecord.heard(
                NodeAddress.parse(id + "@[2001:db8::7]:26656"), new Source.Exchange(id(9)), instant(1));
        AddressRecord failed = new AddressRecord(
                NodeAddress.parse("tcp://" + id + "@seed.example.org:443/a%20path"),
                new Source.Configured(),
                instant(2),
                Optional.of(instant(3)),
                4,
                Optional.of(instant(5)),
                Optional.of(instant(6)));
        return new PeerRecord(
                id,
                List.of(heard, failed),
                -12.25,
                instant(7),
                Optional.of(instant(8)),
                Optional.of(new Mark(instant(9), "pex-flood")),
                Optional.of(new Mark(instant(10), "wrong-network")),
                Set.of(PeerFlag.PERSISTENT, PeerFlag.PRIVATE));
    }
}
