package dev.p2p.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.Source;
import dev.p2p.router.Router;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on a store of which a part can no longer be read. */
class DamagedStoreTest {

    private static final int PEERS = 2_000;

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "JX-21: a node starts on a store with records that cannot be read, without those, and the store counts them")
    void aNodeStartsOnADamagedStore() throws Exception {
        fill();
        damage(largestTable());
        PeerStore store = open();
        int readable = 0;
        try (PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
            while (scan.next().isPresent()) {
                readable++;
            }
            assertThat(scan.damaged()).isPositive();
        }
        assertThat(readable).isBetween(PEERS / 2, PEERS - 1);
        try (Router node = Router.builder(NodeKey.ofSeed(new byte[32]), "test")
                .transport(new MemoryTransportProvider(new MemoryNetwork()))
                .store(store)
                .build()) {
            node.start();
            assertThat(node.control().status().known()).isEqualTo(readable);
            assertThat(store.verify().damaged()).isNotEmpty();
        }
    }

    private void fill() throws IOException {
        Random random = new Random(7);
        Instant now = Instant.now();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            NodeId id = new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
            AddressRecord address = AddressRecord.heard(
                    NodeAddress.parse(id + "@192.0.2." + (id.low() & 0xff) + ":26656"), new Source.Operator(), now);
            changes.add(new Change.Put(PeerRecord.unknown(id, now).withAddresses(List.of(address))));
        }
        try (PeerStore store = open()) {
            store.write(changes, Durability.SYNC);
            store.compact();
        }
    }

    private PeerStore open() throws IOException {
        PeerStoreProvider rocksdb = ServiceLoader.load(PeerStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("rocksdb"))
                .findFirst()
                .orElseThrow();
        return rocksdb.open(folder.resolve("peers"), Access.READ_WRITE);
    }

    private Path largestTable() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("peers"))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < 3; i++) {
            bytes[bytes.length * 2 / 5 + i] ^= 0x5a;
        }
        Files.write(file, bytes);
    }
}
