package dev.p2p.benchmarks;

import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.Source;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;

/** Peers by number, as a node comes to know them: an address from peer exchange, tried or not; one in a hundred banned. */
final class StoreRecords {

    static final int BATCH = 1_000;
    static final Instant NOW = Instant.ofEpochMilli(1_760_000_000_000L);

    private static final int PORT = 26_656;
    private static final int BANNED_EVERY = 100;

    private StoreRecords() {}

    static NodeId id(int number) {
        Random random = new Random(number * 0x9e3779b97f4a7c15L);
        return new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
    }

    /** @param failures differs from one update of the peer to the next */
    static PeerRecord peer(int number, int failures) {
        NodeId id = id(number);
        NodeAddress address = NodeAddress.of(id, new NetEndpoint("tcp", ip(number), PORT));
        Instant heard = NOW.minusMillis(number * 50L);
        boolean tried = number % 4 != 0;
        AddressRecord record = new AddressRecord(
                address,
                new Source.Exchange(id(number / 100)),
                heard,
                number % 3 == 0 ? Optional.of(heard) : Optional.empty(),
                tried ? failures : 0,
                tried ? Optional.of(NOW.plusMillis(number % 3_600_000)) : Optional.empty(),
                Optional.of(NOW.plusSeconds(86_400)));
        PeerRecord peer = PeerRecord.unknown(id, heard).withAddresses(List.of(record));
        return number % BANNED_EVERY == 0
                ? peer.withBan(Optional.of(new Mark(NOW.plusSeconds(3_600), "pex-flood")))
                : peer;
    }

    static PeerStore open(Path folder) throws PeerStoreException {
        PeerStoreProvider rocksDb = ServiceLoader.load(PeerStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("rocksdb"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the store on RocksDB is not on the module path"));
        return rocksDb.open(folder, Access.READ_WRITE);
    }

    /** Makes a store of so many peers. */
    static void make(Path folder, int peers) throws PeerStoreException {
        try (PeerStore store = open(folder)) {
            for (int from = 0; from < peers; from += BATCH) {
                store.write(puts(from, Math.min(peers, from + BATCH), 1), Durability.ASYNC);
            }
            store.compact();
        }
    }

    static List<Change> puts(int from, int to, int failures) {
        List<Change> changes = new ArrayList<>(to - from);
        for (int number = from; number < to; number++) {
            changes.add(new Change.Put(peer(number, failures)));
        }
        return changes;
    }

    private static InetAddress ip(int number) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) 198, (byte) (18 + (number >> 16 & 1)), (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
