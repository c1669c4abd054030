package dev.p2p.peerstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreProvider.Access;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The system may end a write of a process that is killed after any of its pages. What was never acknowledged is not lost then, and nothing
 * is damaged; but a damaged place with changes behind it must not pass for such an end.
 */
class UnfinishedWriteTest {

    private static final int BLOCK = 32_768;
    private static final int HEADER = 7;
    private static final List<NodeId> IDS = Stores.ids(900);
    private static final int MANY = 200;

    @TempDir
    private Path temp;

    @Test
    void aLogThatEndsWithinAWriteIsNotDamaged() throws Exception {
        Path whole = smallAndLargeWrites();
        long size = Files.size(log(whole));
        assertThat(size).isGreaterThan(3 * BLOCK);
        List<Long> cuts = new ArrayList<>(List.of(size - 1, 0L, 1L, 3L));
        for (long boundary = BLOCK; boundary < size; boundary += BLOCK) {
            for (int around = -HEADER - 1; around <= HEADER + 1; around++) {
                cuts.add(boundary + around);
            }
        }
        Random random = new Random(5);
        for (int i = 0; i < 30; i++) {
            cuts.add(random.nextLong(size));
        }
        for (long cut : cuts) {
            Path folder = copy(whole);
            try (FileChannel log = FileChannel.open(log(folder), StandardOpenOption.WRITE)) {
                log.truncate(cut);
            }
            try (PeerStore store = Stores.open(folder, Access.READ_WRITE)) {
                assertThat(store.verify().damaged()).as("cut at %d", cut).isEmpty();
                Set<NodeId> found = Stores.found(store, PeerFilter.ALL);
                assertThat(found)
                        .as("cut at %d", cut)
                        .containsExactlyInAnyOrderElementsOf(IDS.subList(0, found.size()));
            }
        }
    }

    /** A length that points behind the end of the log looks like an unfinished write. */
    @Test
    void aDamagedLengthWithChangesBehindItIsDamage() throws Exception {
        Path whole = smallAndLargeWrites();
        long size = Files.size(log(whole));
        List<Long> headers = headersOfTheLastBlock(log(whole));
        assertThat(headers).hasSizeGreaterThan(1);
        for (long header : headers) {
            Path folder = copy(whole);
            try (FileChannel log = FileChannel.open(log(folder), StandardOpenOption.WRITE)) {
                log.write(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0x7f}), header + 4);
            }
            try (PeerStore store = Stores.open(folder, Access.READ_WRITE)) {
                assertThat(store.verify().damaged())
                        .as("header at %d of %d", header, size)
                        .singleElement()
                        .asString()
                        .startsWith("changes were lost: ");
            }
        }
    }

    /** Checksum and length are gone, but a sound record stands behind. */
    @Test
    void aDamagedHeaderWithChangesBehindItIsDamage() throws Exception {
        Path folder = smallAndLargeWrites();
        long header = headersOfTheLastBlock(log(folder)).getFirst();
        try (FileChannel log = FileChannel.open(log(folder), StandardOpenOption.WRITE)) {
            log.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, (byte) 0xff, 0x7f}), header);
        }
        try (PeerStore store = Stores.open(folder, Access.READ_WRITE)) {
            assertThat(store.verify().damaged()).isNotEmpty();
        }
    }

    /** Some writes of a peer each, one of many peers that goes over blocks, and again some of a peer each. */
    private Path smallAndLargeWrites() throws Exception {
        Path folder = Files.createTempDirectory(temp, "store").resolve("peers");
        try (PeerStore store = Stores.open(folder, Access.READ_WRITE)) {
            for (NodeId id : IDS.subList(0, MANY)) {
                write(store, List.of(id));
            }
            write(store, IDS.subList(MANY, IDS.size() - MANY));
            for (NodeId id : IDS.subList(IDS.size() - MANY, IDS.size())) {
                write(store, List.of(id));
            }
        }
        return folder;
    }

    private static void write(PeerStore store, List<NodeId> ids) throws Exception {
        List<Change> changes = new ArrayList<>();
        ids.forEach(id -> changes.add(new Change.Put(Stores.peer(id))));
        store.write(changes, Durability.ASYNC);
    }

    private Path copy(Path store) throws Exception {
        Path folder = Files.createTempDirectory(temp, "copy");
        for (Path file : Stores.files(store, "")) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        return folder;
    }

    private static Path log(Path store) throws Exception {
        return Stores.files(store, ".log").getLast();
    }

    private static List<Long> headersOfTheLastBlock(Path log) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
        List<Long> headers = new ArrayList<>();
        int at = bytes.limit() / BLOCK * BLOCK;
        while (at + HEADER <= bytes.limit()) {
            headers.add((long) at);
            at += HEADER + Short.toUnsignedInt(bytes.getShort(at + 4));
        }
        assertThat(at).isEqualTo(bytes.limit());
        return headers;
    }
}
