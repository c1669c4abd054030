package dev.p2p.peerstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.VerifyReport.Depth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system that is full, or read-only. */
class FullDiskTest {

    private static final List<NodeId> IDS = Stores.ids(100_000);
    private static final int BATCH = 100;

    @TempDir
    private Path temp;

    private int next;

    @Test
    void aFullDiskIsSaidLosesNothingAndIsOverWhenThereIsSpace() throws Exception {
        try (SmallDisk disk = SmallDisk.of(temp, 24)) {
            Path ballast = Files.write(disk.folder().resolve("ballast"), new byte[16 << 20]);
            Path folder = disk.folder().resolve("peers");
            Set<NodeId> acknowledged = new HashSet<>();
            try (PeerStore store = Stores.open(folder, Access.READ_WRITE)) {
                PeerStoreException first = writeUntilRefused(store, acknowledged, Durability.SYNC);
                assertThat(first.problem()).isEqualTo(Problem.IO);
                assertThat(first).hasMessageContaining("disk is full");
                for (int i = 0; i < 5; i++) {
                    assertThatThrownBy(() -> write(store, acknowledged, Durability.SYNC))
                            .isInstanceOf(PeerStoreException.class)
                            .hasMessageContaining("disk is full");
                }
                assertThat(acknowledged).isNotEmpty();
                requireAll(acknowledged, Stores.found(store, PeerFilter.ALL));

                Files.delete(ballast);
                write(store, acknowledged, Durability.SYNC);
                write(store, acknowledged, Durability.ASYNC);
                requireAll(acknowledged, Stores.found(store, PeerFilter.ALL));
                assertThat(store.verify(Depth.DEEP).damaged()).isEmpty();
            }
            try (PeerStore store = Stores.open(folder, Access.READ_WRITE)) {
                requireAll(acknowledged, Stores.found(store, PeerFilter.ALL));
                requireAll(acknowledged, Stores.found(store, new PeerFilter.WithBan()));
                assertThat(store.verify(Depth.DEEP).damaged()).isEmpty();
            }
        }
    }

    @Test
    void aWalkThatTheDiskCutShortSaysSo() throws Exception {
        try (SmallDisk disk = SmallDisk.of(temp, 24)) {
            Path ballast = Files.write(disk.folder().resolve("ballast"), new byte[16 << 20]);
            try (PeerStore store = Stores.open(disk.folder().resolve("peers"), Access.READ_WRITE);
                    PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
                writeUntilRefused(store, new HashSet<>(), Durability.ASYNC);
                Files.delete(ballast);
                write(store, new HashSet<>(), Durability.ASYNC);
                assertThatThrownBy(scan::next)
                        .isInstanceOf(PeerStoreException.class)
                        .hasMessageContaining("begin the walk again");
            }
        }
    }

    @Test
    void aReadOnlyFileSystemIsSaidAndCanBeRead() throws Exception {
        try (SmallDisk disk = SmallDisk.of(temp, 24)) {
            Path folder = disk.folder().resolve("peers");
            Stores.fill(folder, IDS.subList(0, 100), true);
            Stores.fill(folder, IDS.subList(100, 200), false);
            disk.readOnly();
            assertThatThrownBy(() -> Stores.open(folder, Access.READ_WRITE).close())
                    .isInstanceOfSatisfying(
                            PeerStoreException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.NOT_PERMITTED));
            try (PeerStore store = Stores.open(folder, Access.READ_ONLY)) {
                assertThat(Stores.found(store, PeerFilter.ALL)).hasSize(200);
                assertThat(store.verify(Depth.DEEP).damaged()).isEmpty();
            }
        }
    }

    private PeerStoreException writeUntilRefused(PeerStore store, Set<NodeId> acknowledged, Durability durability) {
        while (next + BATCH <= IDS.size()) {
            try {
                write(store, acknowledged, durability);
            } catch (PeerStoreException e) {
                return e;
            }
        }
        throw new AssertionError("the disk never filled up");
    }

    private void write(PeerStore store, Set<NodeId> acknowledged, Durability durability) throws PeerStoreException {
        List<NodeId> ids = IDS.subList(next, next + BATCH);
        List<Change> changes = new ArrayList<>();
        ids.forEach(id -> changes.add(new Change.Put(Stores.banned(id))));
        store.write(changes, durability);
        acknowledged.addAll(ids);
        next += BATCH;
    }

    /** Sets, because the assertion library would compare each with each. */
    private static void requireAll(Set<NodeId> expected, Set<NodeId> found) {
        Set<NodeId> missing = new HashSet<>(expected);
        missing.removeAll(found);
        assertThat(missing).isEmpty();
    }
}
