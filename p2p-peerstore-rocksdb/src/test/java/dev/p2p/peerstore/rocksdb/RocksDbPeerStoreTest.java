package dev.p2p.peerstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.PeerSummary;
import dev.p2p.api.store.VerifyReport;
import dev.p2p.testkit.store.PeerStoreContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what happens to a store on RocksDB that is damaged. */
class RocksDbPeerStoreTest implements PeerStoreContract {

    private static final NodeId GOOD = new NodeId(0, 0, 1);
    private static final NodeId BAD = new NodeId(0, 0, 2);

    @TempDir
    private Path folder;

    @Override
    public PeerStoreProvider provider() {
        return new RocksDbPeerStoreProvider();
    }

    @Override
    public Path folder() {
        return folder.resolve("peers");
    }

    @Test
    @DisplayName("JX-21: a record that is none is left out of a scan, and reported")
    void oneDamagedRecordNeverStopsAScanAndIsReported() throws Exception {
        RocksDbFiles files = RocksDbFiles.open(folder(), Access.READ_WRITE);
        RocksDbPeerStore store = new RocksDbPeerStore(files);
        try (store) {
            store.write(List.of(put(GOOD)), Durability.SYNC);
            files.db().put(files.handle(Family.PEERS), BAD.toBytes(), "no record".getBytes(StandardCharsets.UTF_8));
            files.db()
                    .put(
                            files.handle(Family.PEERS),
                            new byte[] {1},
                            RecordCodec.encode(PeerRecord.unknown(GOOD, Instant.EPOCH)));
            try (PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
                assertThat(scan.next().map(PeerRecord::id)).contains(GOOD);
                assertThat(scan.next()).isEmpty();
            }
            assertThat(store.verify().damaged()).hasSize(2);
            assertThat(store.verify().peers()).isEqualTo(1);
            assertThatThrownBy(() -> store.get(BAD))
                    .isInstanceOfSatisfying(
                            PeerStoreException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.DAMAGED));
        }
    }

    @Test
    void aRecordThatIsWrittenAgainAndAgainIsOne() throws Exception {
        try (PeerStore store = provider().open(folder(), Access.READ_WRITE)) {
            for (int i = 0; i < 9; i++) {
                store.write(List.of(put(GOOD)), Durability.ASYNC);
            }
            assertThat(store.stats().approximatePeers()).isEqualTo(1);
            assertThat(store.stats().approximateEvents()).isZero();
            store.write(List.of(new Change.Delete(GOOD)), Durability.ASYNC);
            assertThat(store.stats().approximatePeers()).isZero();
        }
    }

    @Test
    void damagedFilesAreSaidToBeDamaged() throws Exception {
        provider().open(folder(), Access.READ_WRITE).close();
        Files.writeString(folder().resolve("CURRENT"), "MANIFEST-999999\n");
        assertThatThrownBy(() -> provider().open(folder(), Access.READ_WRITE))
                .isInstanceOfSatisfying(
                        PeerStoreException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DAMAGED));
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> provider().open(file.resolve("peers"), Access.READ_WRITE))
                .isInstanceOfSatisfying(
                        PeerStoreException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_PERMITTED));
    }

    @Test
    void readingWritesNothing() throws Exception {
        try (PeerStore writer = provider().open(folder(), Access.READ_WRITE)) {
            writer.write(List.of(put(GOOD)), Durability.SYNC);
            Map<Path, List<Object>> before = state();
            try (PeerStore reader = provider().open(folder(), Access.READ_ONLY)) {
                assertThat(reader.get(GOOD)).isPresent();
                reader.verify(VerifyReport.Depth.DEEP);
                reader.stats();
                assertThat(state()).isEqualTo(before);
            }
            assertThat(state()).isEqualTo(before);
        }
    }

    @Test
    void summariesOfAllKindsOfRecordsAreRight() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            PeerRecord peer = RandomRecords.next(random);
            assertThat(SummaryParser.parse(peer.id().toBytes(), RecordCodec.encode(peer)))
                    .isEqualTo(PeerSummary.of(peer));
        }
    }

    @Test
    @DisplayName("JX-21: a record that was cut, or foreign bytes, are damage and nothing else")
    void aSummaryOfCutOrForeignBytesIsDamageAndNothingElse() {
        Random random = new Random(6);
        PeerRecord peer = RandomRecords.next(random);
        byte[] whole = RecordCodec.encode(peer);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                SummaryParser.parse(peer.id().toBytes(), bytes);
            } catch (DamagedRecordException e) {
                assertThat(e).hasMessageNotContaining("Exception");
            }
        }
    }

    private Map<Path, List<Object>> state() throws Exception {
        Map<Path, List<Object>> state = new TreeMap<>();
        for (Path file : Stores.files(folder(), "")) {
            state.put(
                    file, List.of(Files.size(file), Files.getLastModifiedTime(file), Files.readAllBytes(file).length));
        }
        return state;
    }

    @Test
    void theModuleAndTheClassPathPublishTheSameProvider() {
        assertThat(RocksDbPeerStoreProvider.class.getModule().getDescriptor().provides())
                .anySatisfy(provides ->
                        assertThat(provides.providers()).containsExactly(RocksDbPeerStoreProvider.class.getName()));
        assertThat(RocksDbPeerStoreProvider.class.getResourceAsStream(
                        "/META-INF/services/" + PeerStoreProvider.class.getName()))
                .hasContent(RocksDbPeerStoreProvider.class.getName());
    }

    private static Change put(NodeId id) {
        return new Change.Put(PeerRecord.unknown(id, Instant.EPOCH));
    }
}
