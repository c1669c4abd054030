package dev.p2p.peerstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.SalvageReport;
import dev.p2p.api.store.VerifyReport;
import dev.p2p.api.store.VerifyReport.Depth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is readable of a damaged store is read, what is not is said, and the process lives. */
class DamagedFilesTest {

    private static final int PEERS = 3_000;
    private static final List<NodeId> IDS = Stores.ids(PEERS);
    private static final Set<NodeId> BANNED = every(10);

    @TempDir
    private Path temp;

    private Path folder() {
        return temp.resolve("peers");
    }

    private Path saved() {
        return temp.resolve("saved");
    }

    @Test
    void aWalkGoesAroundADamagedBlock() throws Exception {
        Stores.fill(folder(), IDS, true);
        Stores.damage(Stores.largestTable(folder()), 0.4, 3);
        try (PeerStore store = Stores.open(folder(), Access.READ_ONLY)) {
            try (PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
                int read = 0;
                while (scan.next().isPresent()) {
                    read++;
                }
                assertThat(read).isBetween(PEERS * 9 / 10, PEERS - 1);
                assertThat(scan.damaged()).isEqualTo(1);
            }
            List<NodeId> summarised = new ArrayList<>();
            assertThat(store.summarise(peer -> summarised.add(peer.id()))).isEqualTo(1);
            assertThat(summarised).hasSizeBetween(PEERS * 9 / 10, PEERS - 1);
            assertThat(store.count()).isEqualTo(summarised.size());
        }
    }

    @Test
    void everyBanIsFoundThoughRecordsAreDamaged() throws Exception {
        Stores.fill(folder(), IDS, true);
        for (double place = 0.1; place < 0.8; place += 0.1) {
            Stores.damage(Stores.largestTable(folder()), place, 3);
        }
        try (PeerStore store = Stores.open(folder(), Access.READ_WRITE)) {
            assertThat(Stores.found(store, new PeerFilter.WithBan())).isEqualTo(BANNED);
            assertThat(Stores.found(store, PeerFilter.ALL).size()).isLessThan(PEERS);
        }
    }

    @Test
    void verificationNamesTheFileAndTheStretch() throws Exception {
        Stores.fill(folder(), IDS, true);
        Path table = Stores.largestTable(folder());
        Stores.damage(table, 0.4, 3);
        try (PeerStore store = Stores.open(folder(), Access.READ_ONLY)) {
            assertThat(store.verify(Depth.RECORDS).damaged())
                    .singleElement()
                    .asString()
                    .startsWith("peers: unreadable between ");
            VerifyReport deep = store.verify(Depth.DEEP);
            assertThat(deep.damaged())
                    .anySatisfy(line -> assertThat(line).contains("file " + table.getFileName()))
                    .anySatisfy(line -> assertThat(line).contains("its record cannot be read"));
            assertThat(deep.peers()).isBetween(PEERS * 9L / 10, PEERS - 1L);
        }
    }

    @Test
    void salvageSavesAllButADamagedBlock() throws Exception {
        Stores.fill(folder(), IDS, true);
        Stores.damage(Stores.largestTable(folder()), 0.4, 3);
        SalvageReport report = new RocksDbPeerStoreProvider().salvage(folder(), saved());
        assertThat(report.lost()).isNotEmpty();
        assertThat(report.peers()).isGreaterThan(PEERS * 9L / 10);
        assertThat(report.bans()).isEqualTo(BANNED.size());
        assertThat(report.events()).isEqualTo(PEERS);
        requireSound(report);
    }

    @Test
    void salvageNeedsNoFileCurrent() throws Exception {
        Stores.fill(folder(), IDS, false);
        Files.delete(folder().resolve("CURRENT"));
        requireDamaged();
        SalvageReport report = new RocksDbPeerStoreProvider().salvage(folder(), saved());
        assertThat(report.peers()).isEqualTo(PEERS);
        assertThat(report.events()).isEqualTo(PEERS);
        assertThat(report.lost()).singleElement().asString().contains("CURRENT");
        requireSound(report);
    }

    @Test
    void salvageNeedsNoManifest() throws Exception {
        Stores.fill(folder(), IDS.subList(0, 2_000), true);
        Stores.fill(folder(), IDS.subList(2_000, PEERS), false);
        for (Path manifest : Stores.files(folder(), "MANIFEST")) {
            Stores.damage(manifest, 0, 10_000);
        }
        requireDamaged();
        SalvageReport report = new RocksDbPeerStoreProvider().salvage(folder(), saved());
        assertThat(report.peers()).isEqualTo(PEERS);
        assertThat(report.bans()).isEqualTo(BANNED.size());
        assertThat(report.events()).isEqualTo(PEERS);
        assertThat(report.lost()).isNotEmpty();
        requireSound(report);
    }

    @Test
    void salvageSavesWhatIsInTheLogsWhenThereIsNoManifest() throws Exception {
        Stores.fill(folder(), IDS, false);
        Stores.damage(Stores.files(folder(), "MANIFEST").getLast(), 0, 10_000);
        SalvageReport report = new RocksDbPeerStoreProvider().salvage(folder(), saved());
        assertThat(report.peers()).isEqualTo(PEERS);
        assertThat(report.bans()).isEqualTo(BANNED.size());
        requireSound(report);
    }

    @Test
    void salvageSavesTheRestWhenATableFileIsGone() throws Exception {
        Stores.fill(folder(), IDS, true);
        Files.delete(Stores.largestTable(folder()));
        SalvageReport report = new RocksDbPeerStoreProvider().salvage(folder(), saved());
        assertThat(report.bans()).isEqualTo(BANNED.size());
        assertThat(report.peers()).isEqualTo(BANNED.size());
        assertThat(report.events()).isEqualTo(PEERS);
        assertThat(report.lost()).isNotEmpty();
        requireSound(report);
    }

    @Test
    void aDamagedLogIsReportedWhenItIsOpenedAndBySalvage() throws Exception {
        Stores.fill(folder(), IDS, false);
        Stores.damage(Stores.files(folder(), ".log").getLast(), 0.5, 3);
        SalvageReport report = new RocksDbPeerStoreProvider().salvage(folder(), saved());
        assertThat(report.lost())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("changes were lost"));
        assertThat(report.peers()).isBetween(PEERS * 9L / 10, PEERS - 1L);
        try (PeerStore store = Stores.open(folder(), Access.READ_WRITE)) {
            VerifyReport verified = store.verify();
            assertThat(verified.damaged()).isNotEmpty();
            assertThat(verified.peers()).isLessThan(report.peers());
        }
    }

    @Test
    void salvageRefusesAFolderWithoutAStoreAndOneThatIsNotEmpty() throws Exception {
        Files.createDirectories(folder());
        assertProblem(Problem.NOT_FOUND);
        Stores.fill(folder(), IDS.subList(0, 10), false);
        Files.createDirectories(saved());
        Files.writeString(saved().resolve("file"), "");
        assertProblem(Problem.NOT_PERMITTED);
        assertThat(saved().resolve("file")).exists();
    }

    /** Any file, any place: never anything but a {@link PeerStoreException} or less records, and salvage always ends with a sound store. */
    @Test
    void anyDamageIsSurvived() throws Exception {
        List<NodeId> ids = IDS.subList(0, 300);
        Random random = new Random(11);
        for (int round = 0; round < 25; round++) {
            Path folder = temp.resolve("round" + round);
            Stores.fill(folder, ids.subList(0, 200), true);
            Stores.fill(folder, ids.subList(200, 300), false);
            List<Path> files = Stores.files(folder, "").stream()
                    .filter(file -> !file.getFileName().toString().startsWith("LO"))
                    .toList();
            Path victim = files.get(random.nextInt(files.size()));
            Stores.damage(victim, random.nextDouble(), 1 + random.nextInt(64));
            try (PeerStore store = Stores.open(folder, Access.READ_ONLY)) {
                assertThat(new HashSet<>(ids).containsAll(Stores.found(store, PeerFilter.ALL)))
                        .isTrue();
                store.verify(Depth.DEEP);
            } catch (PeerStoreException e) {
                assertThat(e.problem())
                        .as("%s of round %d", victim, round)
                        .isIn(Problem.DAMAGED, Problem.WRONG_VERSION);
            }
            Path saved = temp.resolve("saved" + round);
            SalvageReport report = new RocksDbPeerStoreProvider().salvage(folder, saved);
            assertThat(report.peers()).as("%s of round %d", victim, round).isPositive();
            try (PeerStore store = Stores.open(saved, Access.READ_WRITE)) {
                assertThat(store.verify(Depth.DEEP).damaged()).isEmpty();
                assertThat(new HashSet<>(ids).containsAll(Stores.found(store, PeerFilter.ALL)))
                        .isTrue();
            }
        }
    }

    private void requireSound(SalvageReport report) throws Exception {
        try (PeerStore store = Stores.open(saved(), Access.READ_WRITE)) {
            VerifyReport verified = store.verify(Depth.DEEP);
            assertThat(verified.damaged()).isEmpty();
            assertThat(verified.peers()).isEqualTo(report.peers());
            assertThat(Stores.found(store, new PeerFilter.WithBan())).isEqualTo(BANNED);
            assertThat(store.get(IDS.get(10)).orElseThrow().ban()).isPresent();
        }
        assertThat(Stores.files(temp, ".salvage")).isEmpty();
    }

    private void requireDamaged() {
        for (Access access : Access.values()) {
            assertThatThrownBy(() -> Stores.open(folder(), access).close())
                    .isInstanceOfSatisfying(
                            PeerStoreException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.DAMAGED));
        }
    }

    private void assertProblem(Problem problem) {
        assertThatThrownBy(() -> new RocksDbPeerStoreProvider().salvage(folder(), saved()))
                .isInstanceOfSatisfying(
                        PeerStoreException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static Set<NodeId> every(int step) {
        Set<NodeId> some = new HashSet<>();
        for (int i = 0; i < PEERS; i += step) {
            some.add(IDS.get(i));
        }
        return some;
    }
}
