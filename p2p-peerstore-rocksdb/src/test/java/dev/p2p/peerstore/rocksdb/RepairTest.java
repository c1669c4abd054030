package dev.p2p.peerstore.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.RepairReport;
import dev.p2p.api.store.VerifyReport.Depth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged entries leave the store and are not lost; bans hold. */
class RepairTest {

    private static final NodeId GOOD = new NodeId(0, 0, 1);
    private static final NodeId BAD = new NodeId(0, 0, 2);
    private static final NodeId BANNED = new NodeId(0, 0, 3);
    private static final byte[] NO_RECORD = "no record".getBytes(UTF_8);

    @TempDir
    private Path temp;

    private Path folder() {
        return temp.resolve("peers");
    }

    @Test
    void aDamagedRecordIsTakenOutAndKept() throws Exception {
        RocksDbFiles files = RocksDbFiles.open(folder(), Access.READ_WRITE);
        try (RocksDbPeerStore store = new RocksDbPeerStore(files)) {
            store.write(List.of(new Change.Put(Stores.peer(GOOD))), Durability.SYNC);
            files.db().put(files.handle(Family.PEERS), BAD.toBytes(), NO_RECORD);
            files.db().put(files.handle(Family.HISTORY), new byte[] {7}, NO_RECORD);

            RepairReport report = store.repair();

            assertThat(report.quarantined()).isEqualTo(2);
            assertThat(report.whole()).isTrue();
            assertThat(report.lines()).hasSize(2).allMatch(line -> line.startsWith("quarantined "));
            assertThat(store.verify(Depth.DEEP).sound()).isTrue();
            assertThat(store.get(BAD)).isEmpty();
            assertThat(store.get(GOOD)).isPresent();
            assertThat(quarantine())
                    .contains(BAD.toString())
                    .contains(HexFormat.of().formatHex(NO_RECORD))
                    .hasLineCount(2);
            assertThat(store.repair()).isEqualTo(RepairReport.NOTHING);
        }
        assertThat(quarantine()).hasLineCount(2);
    }

    @Test
    void aBanHoldsWhereverItIsFound() throws Exception {
        RocksDbFiles files = RocksDbFiles.open(folder(), Access.READ_WRITE);
        try (RocksDbPeerStore store = new RocksDbPeerStore(files)) {
            store.write(
                    List.of(
                            new Change.Put(Stores.banned(GOOD)),
                            new Change.Put(Stores.banned(BAD)),
                            new Change.Put(Stores.banned(BANNED))),
                    Durability.SYNC);
            files.db().delete(files.handle(Family.BANS), GOOD.toBytes());
            files.db().put(files.handle(Family.PEERS), BAD.toBytes(), NO_RECORD);
            files.db().put(files.handle(Family.BANS), BANNED.toBytes(), NO_RECORD);

            RepairReport report = store.repair();

            assertThat(report.quarantined()).isEqualTo(2);
            assertThat(report.restored()).isEqualTo(3);
            assertThat(store.verify(Depth.DEEP).sound()).isTrue();
            for (NodeId banned : List.of(GOOD, BAD, BANNED)) {
                assertThat(store.get(banned).orElseThrow().ban())
                        .isEqualTo(Stores.banned(banned).ban());
            }
            store.write(List.of(new Change.Put(Stores.peer(BAD))), Durability.SYNC);
            assertThat(store.verify(Depth.DEEP).sound()).isTrue();
        }
    }

    @Test
    void aDamagedFileStaysAndIsNamed() throws Exception {
        Stores.fill(folder(), Stores.ids(3_000), true);
        Stores.damage(Stores.largestTable(folder()), 0.4, 3);
        try (PeerStore store = Stores.open(folder(), Access.READ_WRITE)) {
            RepairReport report = store.repair();
            assertThat(report.whole()).isFalse();
            assertThat(report.lines()).anyMatch(line -> line.startsWith("stays peers: unreadable"));
        }
    }

    @Test
    void aStoreThatIsOpenForReadingIsNotRepaired() throws Exception {
        Stores.fill(folder(), Stores.ids(3), true);
        try (PeerStore store = Stores.open(folder(), Access.READ_ONLY)) {
            assertThatThrownBy(store::repair)
                    .isInstanceOfSatisfying(
                            PeerStoreException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.NOT_PERMITTED));
        }
    }

    @Test
    void whatCannotBeKeptStays() throws Exception {
        RocksDbFiles files = RocksDbFiles.open(folder(), Access.READ_WRITE);
        try (RocksDbPeerStore store = new RocksDbPeerStore(files)) {
            files.db().put(files.handle(Family.PEERS), BAD.toBytes(), NO_RECORD);
            Files.createDirectory(folder().resolve(Quarantine.FILE));
            assertThatThrownBy(store::repair)
                    .isInstanceOf(PeerStoreException.class)
                    .hasMessageContaining("so they stay");
            assertThat(store.verify().damaged()).hasSize(1);
        }
    }

    private String quarantine() throws Exception {
        return Files.readString(folder().resolve(Quarantine.FILE));
    }
}
