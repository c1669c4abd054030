package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Records in which each field is there or not, by lot. */
final class RandomRecords {

    private RandomRecords() {}

    static PeerRecord next(Random random) {
        NodeId id = new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
        List<AddressRecord> addresses = new ArrayList<>();
        int count = random.nextInt(PeerRecord.MAX_ADDRESSES + 1);
        for (int i = 0; i < count; i++) {
            addresses.add(new AddressRecord(
                    NodeAddress.parse(id + "@198.51.100." + i + ":26656"),
                    random.nextBoolean() ? new Source.Operator() : new Source.Exchange(id),
                    instant(random),
                    perhaps(random),
                    random.nextInt(300),
                    perhaps(random),
                    perhaps(random)));
        }
        Set<PeerFlag> flags = EnumSet.noneOf(PeerFlag.class);
        for (PeerFlag flag : PeerFlag.values()) {
            if (random.nextInt(4) == 0) {
                flags.add(flag);
            }
        }
        return new PeerRecord(
                id,
                addresses,
                random.nextGaussian() * 50,
                instant(random),
                perhaps(random),
                perhaps(random).map(until -> new Mark(until, "flood")),
                perhaps(random).map(until -> new Mark(until, "wrong-network")),
                flags);
    }

    private static Optional<Instant> perhaps(Random random) {
        return random.nextBoolean() ? Optional.of(instant(random)) : Optional.empty();
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    }
}
