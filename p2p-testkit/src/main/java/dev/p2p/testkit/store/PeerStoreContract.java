package dev.p2p.testkit.store;

import static dev.p2p.testkit.store.StoreFixtures.complete;
import static dev.p2p.testkit.store.StoreFixtures.event;
import static dev.p2p.testkit.store.StoreFixtures.id;
import static dev.p2p.testkit.store.StoreFixtures.ids;
import static dev.p2p.testkit.store.StoreFixtures.instant;
import static dev.p2p.testkit.store.StoreFixtures.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.p2p.api.IpBlock;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules for peer stores. An author's test class implements this interface and has a test for each rule. */
public interface PeerStoreContract extends StoreUpkeepContract {

    @Test
    @DisplayName("S1 what was put is got back equal")
    default void whatWasPutIsGotBackEqual() throws PeerStoreException {
        try (PeerStore store = open()) {
            PeerRecord peer = complete(1);
            store.write(List.of(new Change.Put(peer)), Durability.ASYNC);
            assertEquals(Optional.of(peer), store.get(peer.id()));
        }
    }

    @Test
    @DisplayName("S2 a second put replaces the first")
    default void aSecondPutReplacesTheFirst() throws PeerStoreException {
        try (PeerStore store = open()) {
            PeerRecord peer = complete(1);
            PeerRecord changed = peer.withBan(Optional.empty()).withReputation(-7.5, instant(99));
            store.write(List.of(new Change.Put(peer)), Durability.ASYNC);
            store.write(List.of(new Change.Put(changed)), Durability.ASYNC);
            assertEquals(Optional.of(changed), store.get(peer.id()));
        }
    }

    @Test
    @DisplayName("S3 deleting forgets the peer and its history, and does nothing for one that is not there")
    default void deletingForgets() throws PeerStoreException {
        try (PeerStore store = open()) {
            PeerRecord peer = complete(1);
            PeerRecord other = complete(2);
            store.write(
                    List.of(
                            new Change.Put(peer),
                            new Change.Put(other),
                            new Change.Append(peer.id(), event(1)),
                            new Change.Append(other.id(), event(2))),
                    Durability.ASYNC);
            store.write(List.of(new Change.Delete(peer.id()), new Change.Delete(id(77))), Durability.ASYNC);
            assertEquals(Optional.empty(), store.get(peer.id()));
            assertEquals(List.of(), store.history(peer.id(), 10));
            assertEquals(Optional.of(other), store.get(other.id()));
            assertEquals(List.of(event(2)), store.history(other.id(), 10));
        }
    }

    @Test
    @DisplayName("S4 a scan walks in the order of the identities over what was there when it began")
    default void aScanIsASnapshotInOrder() throws PeerStoreException {
        try (PeerStore store = open()) {
            store.write(List.of(put(3), put(1), put(200)), Durability.ASYNC);
            try (PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
                store.write(List.of(put(2), new Change.Delete(id(200))), Durability.ASYNC);
                assertEquals(List.of(id(1), id(3), id(200)), ids(scan));
            }
            try (PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
                assertEquals(List.of(id(1), id(2), id(3)), ids(scan));
            }
        }
    }

    @Test
    @DisplayName("S5 a filter chooses what a scan returns")
    default void aFilterChooses() throws PeerStoreException {
        try (PeerStore store = open()) {
            PeerRecord banned = complete(2);
            store.write(List.of(put(1), new Change.Put(banned), put(3)), Durability.ASYNC);
            try (PeerStore.Scan scan = store.scan(new PeerFilter.From(id(2)))) {
                assertEquals(List.of(id(2), id(3)), ids(scan));
            }
            try (PeerStore.Scan scan = store.scan(new PeerFilter.WithBan())) {
                assertEquals(List.of(id(2)), ids(scan));
            }
        }
    }

    @Test
    @DisplayName("S6 history comes newest first, as many as asked, and keeps events of one instant in order")
    default void historyComesNewestFirst() throws PeerStoreException {
        try (PeerStore store = open()) {
            List<Change> changes = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                changes.add(new Change.Append(id(1), event(i)));
            }
            HistoryEvent sameInstant = new HistoryEvent(instant(20), HistoryEvent.Kind.BANNED, "later", "");
            changes.add(new Change.Append(id(1), sameInstant));
            store.write(changes, Durability.ASYNC);
            assertEquals(List.of(sameInstant, event(20), event(19)), store.history(id(1), 3));
            assertEquals(21, store.history(id(1), 1_000).size());
            assertEquals(List.of(), store.history(id(2), 3));
        }
    }

    @Test
    @DisplayName("S7 history is bounded")
    default void historyIsBounded() throws PeerStoreException {
        try (PeerStore store = open()) {
            for (int i = 1; i <= 700; i++) {
                store.write(List.of(new Change.Append(id(1), event(i))), Durability.ASYNC);
            }
            List<HistoryEvent> kept = store.history(id(1), 10_000);
            assertTrue(kept.size() <= 600 && kept.size() >= 256, "kept " + kept.size());
            assertEquals(event(700), kept.getFirst());
        }
    }

    @Test
    @DisplayName("S8 a sound store verifies as such, with the right numbers")
    default void aSoundStoreVerifies() throws PeerStoreException {
        try (PeerStore store = open()) {
            store.write(List.of(put(1), put(2), new Change.Append(id(1), event(1))), Durability.ASYNC);
            var report = store.verify();
            assertTrue(report.sound(), report.toString());
            assertEquals(2, report.peers());
            assertEquals(1, report.events());
        }
    }

    @Test
    @DisplayName("S9 after closing every use is an IllegalStateException, and closing again does nothing")
    default void useAfterCloseIsRefused() throws PeerStoreException {
        PeerStore store = open();
        PeerStore.Scan scan = store.scan(PeerFilter.ALL);
        store.close();
        store.close();
        scan.close();
        assertThrows(IllegalStateException.class, () -> store.get(id(1)));
        assertThrows(IllegalStateException.class, () -> store.scan(PeerFilter.ALL));
        assertThrows(IllegalStateException.class, () -> store.write(List.of(put(1)), Durability.SYNC));
        assertThrows(IllegalStateException.class, () -> store.history(id(1), 1));
        assertThrows(IllegalStateException.class, store::verify);
        assertThrows(IllegalStateException.class, store::compact);
        assertThrows(IllegalStateException.class, store::stats);
        assertThrows(IllegalStateException.class, store::blocks);
        assertThrows(IllegalStateException.class, () -> store.summarise(peer -> {}));
        assertThrows(IllegalStateException.class, store::count);
    }

    @Test
    @DisplayName("S10 several threads write and read at the same time")
    default void severalThreadsShareAStore() throws Exception {
        try (PeerStore store = open()) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int from = t * 100;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int i = from; i < from + 100; i++) {
                            store.write(List.of(put(i)), Durability.ASYNC);
                            assertTrue(store.get(id(i)).isPresent());
                        }
                    } catch (PeerStoreException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(400, store.verify().peers());
        }
    }

    @Test
    @DisplayName("S11 records, marks and history survive closing")
    default void everythingSurvivesClosing() throws PeerStoreException {
        Assumptions.assumeTrue(keeps());
        PeerRecord peer = complete(1);
        try (PeerStore store = open()) {
            store.write(List.of(new Change.Put(peer), new Change.Append(peer.id(), event(1))), Durability.SYNC);
        }
        try (PeerStore store = provider().open(folder(), Access.READ_ONLY)) {
            assertEquals(Optional.of(peer), store.get(peer.id()));
            assertEquals(List.of(event(1)), store.history(peer.id(), 10));
        }
    }

    @Test
    @DisplayName("S12 a folder without a store cannot be opened for reading only")
    default void nothingToReadIsSaid() {
        Assumptions.assumeTrue(keeps());
        PeerStoreException e = assertThrows(
                PeerStoreException.class, () -> provider().open(folder().resolve("nowhere"), Access.READ_ONLY));
        assertEquals(PeerStoreException.Problem.NOT_FOUND, e.problem());
        assertFalse(folder().resolve("nowhere").toFile().exists());
    }

    @Test
    @DisplayName("S13 a store that is open for writing cannot be opened for writing again")
    default void oneWriterAtATime() throws PeerStoreException {
        Assumptions.assumeTrue(keeps());
        try (PeerStore store = open()) {
            store.write(List.of(put(1)), Durability.ASYNC);
            PeerStoreException e = assertThrows(PeerStoreException.class, this::open);
            assertEquals(PeerStoreException.Problem.LOCKED, e.problem());
        }
    }

    @Test
    @DisplayName("S14 bans of address ranges are kept until they are lifted, each range by itself")
    default void rangesAreBannedAndLifted() throws PeerStoreException {
        IpBlock wide = IpBlock.parse("192.0.2.0/24");
        IpBlock narrow = IpBlock.parse("192.0.2.7");
        IpBlock v6 = IpBlock.parse("2001:db8::/32");
        Mark mark = new Mark(instant(9), "requested");
        try (PeerStore store = open()) {
            store.write(
                    List.of(new Change.Block(wide, mark), new Change.Block(narrow, mark), new Change.Block(v6, mark)),
                    Durability.SYNC);
            store.write(List.of(new Change.Unblock(narrow), new Change.Unblock(narrow)), Durability.SYNC);
            assertEquals(Map.of(wide, mark, v6, mark), store.blocks());
        }
        if (keeps()) {
            try (PeerStore store = open()) {
                assertEquals(Map.of(wide, mark, v6, mark), store.blocks());
            }
        }
    }
}
