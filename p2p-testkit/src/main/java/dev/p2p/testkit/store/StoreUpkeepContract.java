package dev.p2p.testkit.store;

import static dev.p2p.testkit.store.StoreFixtures.complete;
import static dev.p2p.testkit.store.StoreFixtures.event;
import static dev.p2p.testkit.store.StoreFixtures.id;
import static dev.p2p.testkit.store.StoreFixtures.ids;
import static dev.p2p.testkit.store.StoreFixtures.instant;
import static dev.p2p.testkit.store.StoreFixtures.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.p2p.api.IpBlock;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.PeerSummary;
import dev.p2p.api.store.SalvageReport;
import dev.p2p.api.store.VerifyReport.Depth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules for what an operator asks of a store. Part of {@link PeerStoreContract}. */
public interface StoreUpkeepContract {

    /** The store on trial. */
    PeerStoreProvider provider();

    /** An empty folder; the same one within a test. Its neighbours may be used too. */
    Path folder();

    /** Whether records survive closing. */
    default boolean keeps() {
        return true;
    }

    /** Opens the store on trial for writing. */
    default PeerStore open() throws PeerStoreException {
        return provider().open(folder(), Access.READ_WRITE);
    }

    @Test
    @DisplayName("U1 a deep verification of a sound store finds nothing, and counts what is there")
    default void aSoundStoreVerifiesDeeply() throws PeerStoreException {
        try (PeerStore store = open()) {
            fill(store);
            var report = store.verify(Depth.DEEP);
            assertTrue(report.sound(), report.toString());
            assertEquals(3, report.peers());
            assertEquals(2, report.events());
        }
    }

    @Test
    @DisplayName("U2 compacting changes nothing that can be read")
    default void compactingKeepsEverything() throws PeerStoreException {
        try (PeerStore store = open()) {
            fill(store);
            for (int i = 10; i < 60; i++) {
                store.write(List.of(put(i)), Durability.ASYNC);
                store.write(List.of(new Change.Delete(id(i))), Durability.ASYNC);
            }
            var report = store.compact();
            assertTrue(report.bytesBefore() >= 0 && report.bytesAfter() >= 0, report.toString());
            requireFilled(store);
        }
    }

    @Test
    @DisplayName("U3 statistics tell about how much there is")
    default void statisticsTellHowMuchThereIs() throws PeerStoreException {
        try (PeerStore store = open()) {
            fill(store);
            var stats = store.stats();
            assertTrue(stats.schema() >= 1, stats.toString());
            assertTrue(stats.approximatePeers() >= 3 && stats.approximatePeers() < 100, stats.toString());
            assertTrue(stats.approximateEvents() >= 2 && stats.approximateEvents() < 100, stats.toString());
            assertEquals(keeps(), stats.bytes() > 0, stats.toString());
        }
    }

    @Test
    @DisplayName("U4 summaries are those of the records, in the order of the identities")
    default void summariesAreThoseOfTheRecords() throws PeerStoreException {
        try (PeerStore store = open()) {
            store.write(List.of(put(5), new Change.Put(complete(7)), new Change.Put(complete(2))), Durability.ASYNC);
            List<PeerSummary> expected = new ArrayList<>();
            for (int number : List.of(2, 5, 7)) {
                expected.add(PeerSummary.of(store.get(id(number)).orElseThrow()));
            }
            List<PeerSummary> summaries = new ArrayList<>();
            assertEquals(0, store.summarise(summaries::add));
            assertEquals(expected, summaries);
            assertEquals(3, store.count());
        }
    }

    @Test
    @DisplayName("U5 a peer that gets a ban, loses it and gets another is found by its ban just when it has one")
    default void bansAreFoundWhileTheyAreThere() throws PeerStoreException {
        try (PeerStore store = open()) {
            var banned = complete(1);
            var free = banned.withBan(Optional.empty());
            store.write(List.of(new Change.Put(banned), put(2)), Durability.SYNC);
            store.write(List.of(new Change.Put(free)), Durability.ASYNC);
            try (PeerStore.Scan scan = store.scan(new PeerFilter.WithBan())) {
                assertEquals(List.of(), ids(scan));
            }
            store.write(
                    List.of(new Change.Put(free), new Change.Put(banned), new Change.Put(complete(3))),
                    Durability.ASYNC);
            store.write(List.of(new Change.Delete(id(3))), Durability.ASYNC);
            try (PeerStore.Scan scan = store.scan(new PeerFilter.WithBan())) {
                assertEquals(Optional.of(banned), scan.next());
                assertEquals(Optional.empty(), scan.next());
                assertEquals(0, scan.damaged());
            }
        }
    }

    @Test
    @DisplayName("U6 events that came before a peer was forgotten are gone, also within one batch")
    default void forgettingHoldsWithinABatch() throws PeerStoreException {
        try (PeerStore store = open()) {
            store.write(
                    List.of(
                            new Change.Append(id(1), event(1)),
                            new Change.Delete(id(1)),
                            put(1),
                            new Change.Append(id(1), event(2))),
                    Durability.ASYNC);
            assertEquals(List.of(event(2)), store.history(id(1), 10));
            assertTrue(store.get(id(1)).isPresent());
        }
    }

    @Test
    @DisplayName("U7 salvaging a sound store saves all of it, and leaves it as it is")
    default void salvagingASoundStoreSavesAll() throws PeerStoreException {
        Path into = folder().resolveSibling("saved");
        try (PeerStore store = open()) {
            fill(store);
        }
        SalvageReport report = provider().salvage(folder(), into);
        assertTrue(report.complete(), report.toString());
        Assumptions.assumeTrue(keeps());
        assertEquals(new SalvageReport(3, 2, 2, List.of()), report);
        for (Path saved : List.of(folder(), into)) {
            try (PeerStore store = provider().open(saved, Access.READ_ONLY)) {
                requireFilled(store);
                assertTrue(store.verify(Depth.DEEP).sound());
            }
        }
    }

    @Test
    @DisplayName("U8 a store that is open for writing is read by another as it was when that one opened it")
    default void isReadBesideItsWriter() throws PeerStoreException {
        Assumptions.assumeTrue(keeps());
        try (PeerStore writer = open()) {
            fill(writer);
            try (PeerStore reader = provider().open(folder(), Access.READ_ONLY)) {
                requireFilled(reader);
                writer.write(List.of(new Change.Delete(id(1)), put(9)), Durability.SYNC);
                writer.compact();
                requireFilled(reader);
                assertEquals(
                        PeerStoreException.Problem.NOT_PERMITTED,
                        assertThrows(PeerStoreException.class, () -> reader.write(List.of(put(4)), Durability.ASYNC))
                                .problem());
            }
            try (PeerStore reader = provider().open(folder(), Access.READ_ONLY)) {
                assertTrue(reader.get(id(9)).isPresent());
                assertTrue(reader.get(id(1)).isEmpty());
            }
        }
    }

    @Test
    @DisplayName("U9 events of one instant, written before and after a restart, are all kept and keep their order")
    default void aRestartMixesNoEvents() throws PeerStoreException {
        Assumptions.assumeTrue(keeps());
        HistoryEvent before = new HistoryEvent(instant(5), HistoryEvent.Kind.CONNECTED, "before", "");
        HistoryEvent after = new HistoryEvent(instant(5), HistoryEvent.Kind.CONNECTED, "after", "");
        HistoryEvent clockWentBack = new HistoryEvent(instant(4), HistoryEvent.Kind.CONNECTED, "earlier", "");
        try (PeerStore store = open()) {
            store.write(List.of(new Change.Append(id(1), before)), Durability.ASYNC);
        }
        try (PeerStore store = open()) {
            store.write(List.of(new Change.Append(id(1), after)), Durability.ASYNC);
            store.write(List.of(new Change.Append(id(1), clockWentBack)), Durability.ASYNC);
            assertEquals(List.of(clockWentBack, after, before), store.history(id(1), 10));
        }
    }

    private static void fill(PeerStore store) throws PeerStoreException {
        store.write(
                List.of(
                        new Change.Put(complete(1)),
                        new Change.Put(complete(2)),
                        put(3),
                        new Change.Append(id(1), event(1)),
                        new Change.Append(id(1), event(2)),
                        new Change.Block(IpBlock.parse("192.0.2.0/24"), new Mark(instant(1), "requested"))),
                Durability.SYNC);
    }

    private static void requireFilled(PeerStore store) throws PeerStoreException {
        try (PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
            assertEquals(List.of(id(1), id(2), id(3)), ids(scan));
        }
        assertEquals(Optional.of(complete(1)), store.get(id(1)));
        assertEquals(List.of(event(2), event(1)), store.history(id(1), 10));
        assertEquals(Map.of(IpBlock.parse("192.0.2.0/24"), new Mark(instant(1), "requested")), store.blocks());
    }
}
