package dev.p2p.peerstore.rocksdb;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Stores with many records, and ways to damage them. */
final class Stores {

    static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private Stores() {}

    static PeerStore open(Path folder, Access access) throws PeerStoreException {
        return new RocksDbPeerStoreProvider().open(folder, access);
    }

    /** Identities spread as hashes are; the same ones for the same count. */
    static List<NodeId> ids(int count) {
        Random random = new Random(7);
        List<NodeId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new NodeId(random.nextLong(), random.nextLong(), random.nextInt()));
        }
        return ids;
    }

    static PeerRecord peer(NodeId id) {
        AddressRecord address = AddressRecord.heard(
                NodeAddress.parse(id + "@192.0.2." + (id.low() & 0xff) + ":26656"),
                new Source.Exchange(new NodeId(id.low(), 2, 3)),
                NOW);
        return PeerRecord.unknown(id, NOW).withAddresses(List.of(address));
    }

    static PeerRecord banned(NodeId id) {
        return peer(id).withBan(Optional.of(new Mark(NOW, "flood")));
    }

    /** Every tenth is banned; each has an event. In table files if compacted, else in the log. */
    static void fill(Path folder, List<NodeId> ids, boolean compacted) throws PeerStoreException {
        try (PeerStore store = open(folder, Access.READ_WRITE)) {
            for (int i = 0; i < ids.size(); i++) {
                NodeId id = ids.get(i);
                store.write(
                        List.of(
                                new Change.Put(i % 10 == 0 ? banned(id) : peer(id)),
                                new Change.Append(id, new HistoryEvent(NOW, HistoryEvent.Kind.REFUSED, "full", ""))),
                        Durability.ASYNC);
            }
            if (compacted) {
                store.compact();
            }
        }
    }

    /** Who is found, and nothing else than whole records. */
    static Set<NodeId> found(PeerStore store, PeerFilter filter) throws PeerStoreException {
        Set<NodeId> found = new HashSet<>();
        try (PeerStore.Scan scan = store.scan(filter)) {
            Optional<PeerRecord> peer = scan.next();
            while (peer.isPresent()) {
                found.add(peer.get().id());
                peer = scan.next();
            }
        }
        return found;
    }

    static List<Path> files(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(text))
                    .sorted()
                    .toList();
        }
    }

    /** The largest table file, which is that of the records. */
    static Path largestTable(Path folder) throws IOException {
        Path largest = files(folder, ".sst").getFirst();
        for (Path file : files(folder, ".sst")) {
            largest = Files.size(file) > Files.size(largest) ? file : largest;
        }
        return largest;
    }

    /** Turns over the bits of some bytes. */
    static void damage(Path file, double place, int length) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int from = (int) (bytes.length * place);
        for (int i = from; i < Math.min(bytes.length, from + length); i++) {
            bytes[i] ^= 0x5a;
        }
        Files.write(file, bytes);
    }
}
