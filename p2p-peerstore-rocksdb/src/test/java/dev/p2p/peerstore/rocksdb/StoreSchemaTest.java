package dev.p2p.peerstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.VerifyReport.Depth;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;

/** Stores of other versions. What version 1 wrote stands here as bytes, so that no change of today's code can change it. */
class StoreSchemaTest {

    private static final NodeId BANNED = NodeId.parse("00112233445566778899aabbccddeeff00112233");
    private static final NodeId FREE = NodeId.parse("ff112233445566778899aabbccddeeff00112233");

    /** schema 1, id, an address from peer exchange, reputation -12.5, and a ban until 2023-11-14T22:13:20Z for "flood". */
    private static final byte[] BANNED_RECORD = HexFormat.of()
            .parseHex("0801" + "1214" + BANNED
                    + "1a65" + "0a3e"
                    + HexFormat.of()
                            .formatHex(("tcp://" + BANNED + "@192.0.2.7:26656").getBytes(StandardCharsets.US_ASCII))
                    + "1218" + "0803" + "1214" + FREE.toString() + "190068e5cf8b010000" + "2802"
                    + "21" + "00000000000029c0"
                    + "290068e5cf8b010000"
                    + "3a10" + "090068e5cf8b010000" + "1205" + "666c6f6f64");

    private static final byte[] FREE_RECORD = HexFormat.of().parseHex("0801" + "1214" + FREE + "290068e5cf8b010000");

    @TempDir
    private Path temp;

    @Test
    void aStoreOfTheFirstVersionIsBroughtUp() throws Exception {
        writeFirstVersion("1");
        try (PeerStore store = Stores.open(temp, Access.READ_WRITE)) {
            assertThat(store.stats().schema()).isEqualTo(2);
            requireContents(store);
            assertThat(store.verify(Depth.DEEP).damaged()).isEmpty();
        }
        RocksDbFiles files = RocksDbFiles.open(temp, Access.READ_ONLY);
        try {
            assertThat(files.db().get(files.handle(Family.BANS), BANNED.toBytes()))
                    .isNotNull();
            assertThat(files.db().get(files.handle(Family.BANS), FREE.toBytes()))
                    .isNull();
        } finally {
            files.close();
        }
    }

    @Test
    void aStoreOfTheFirstVersionIsReadWithoutAChange() throws Exception {
        writeFirstVersion("1");
        try (PeerStore store = Stores.open(temp, Access.READ_ONLY)) {
            assertThat(store.stats().schema()).isEqualTo(1);
            requireContents(store);
            assertThat(store.blocks()).isEmpty();
            assertThat(store.verify(Depth.DEEP).damaged()).isEmpty();
        }
        try (PeerStore store = Stores.open(temp, Access.READ_ONLY)) {
            assertThat(store.stats().schema()).isEqualTo(1);
        }
    }

    @Test
    void aStoreOfTheFirstVersionIsSalvagedIntoANewOne() throws Exception {
        Path old = temp.resolve("old");
        writeFirstVersion(old, "1");
        assertThat(new RocksDbPeerStoreProvider()
                        .salvage(old, temp.resolve("new"))
                        .bans())
                .isEqualTo(1);
        try (PeerStore store = Stores.open(temp.resolve("new"), Access.READ_WRITE)) {
            requireContents(store);
        }
    }

    @Test
    void aStoreOfANewerVersionIsLeftAlone() throws Exception {
        writeFirstVersion("3");
        for (Access access : Access.values()) {
            assertThatThrownBy(() -> Stores.open(temp, access).close())
                    .isInstanceOfSatisfying(
                            PeerStoreException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.WRONG_VERSION))
                    .hasMessageContaining("schema 3");
        }
    }

    @Test
    void aFamilyThatThisVersionLacksMeansANewerVersion() throws Exception {
        writeFirstVersion(temp, "1", "peers", "history", "later");
        assertThatThrownBy(() -> Stores.open(temp, Access.READ_WRITE).close())
                .isInstanceOfSatisfying(
                        PeerStoreException.class, e -> assertThat(e.problem()).isEqualTo(Problem.WRONG_VERSION))
                .hasMessageContaining("later");
    }

    @Test
    @DisplayName("JX-21: a record of a newer version is left out, and reported with its version")
    void aRecordOfANewerVersionIsQuarantined() throws Exception {
        try (PeerStore store = Stores.open(temp, Access.READ_WRITE)) {
            assertThat(store.stats().schema()).isEqualTo(2);
        }
        RocksDbFiles files = RocksDbFiles.open(temp, Access.READ_WRITE);
        byte[] newer = FREE_RECORD.clone();
        newer[1] = 9;
        files.db().put(files.handle(Family.PEERS), FREE.toBytes(), newer);
        files.db().put(files.handle(Family.PEERS), BANNED.toBytes(), BANNED_RECORD);
        files.close();
        try (PeerStore store = Stores.open(temp, Access.READ_WRITE)) {
            assertThat(Stores.found(store, PeerFilter.ALL)).containsExactly(BANNED);
            assertThat(store.verify().damaged()).singleElement().asString().contains("schema 9");
            List<NodeId> summarised = new ArrayList<>();
            assertThat(store.summarise(peer -> summarised.add(peer.id()))).isEqualTo(1);
            assertThat(summarised).containsExactly(BANNED);
        }
    }

    private static void requireContents(PeerStore store) throws PeerStoreException {
        assertThat(Stores.found(store, PeerFilter.ALL)).containsExactlyInAnyOrder(BANNED, FREE);
        assertThat(Stores.found(store, new PeerFilter.WithBan())).containsExactly(BANNED);
        var peer = store.get(BANNED).orElseThrow();
        assertThat(peer.reputation()).isEqualTo(-12.5);
        assertThat(peer.ban().orElseThrow().reason()).isEqualTo("flood");
        assertThat(peer.ban().orElseThrow().until()).isEqualTo(Stores.NOW);
        assertThat(peer.addresses().getFirst().address()).hasToString("tcp://" + BANNED + "@192.0.2.7:26656");
        assertThat(peer.addresses().getFirst().failures()).isEqualTo(2);
    }

    private void writeFirstVersion(String schema) throws Exception {
        writeFirstVersion(temp, schema);
    }

    private static void writeFirstVersion(Path folder, String schema) throws Exception {
        writeFirstVersion(folder, schema, "peers", "history");
    }

    private static void writeFirstVersion(Path folder, String schema, String... families) throws Exception {
        RocksDB.loadLibrary();
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
        for (String family : families) {
            descriptors.add(new ColumnFamilyDescriptor(family.getBytes(StandardCharsets.UTF_8)));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
                RocksDB db = RocksDB.open(options, folder.toString(), descriptors, handles)) {
            db.put("schema".getBytes(StandardCharsets.UTF_8), schema.getBytes(StandardCharsets.UTF_8));
            db.put(handles.get(1), BANNED.toBytes(), BANNED_RECORD);
            db.put(handles.get(1), FREE.toBytes(), FREE_RECORD);
            handles.forEach(ColumnFamilyHandle::close);
        }
    }
}
