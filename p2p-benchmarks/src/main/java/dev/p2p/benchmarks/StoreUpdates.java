package dev.p2p.benchmarks;

import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Records of known peers are replaced in batches of a thousand: by the store, which encodes them and keeps its bans; by RocksDB alone, given
 * the bytes; and, for as many peers, by writing an address book anew for each batch. In turns, in one process; the median counts.
 */
final class StoreUpdates {

    private static final int ROUNDS = 7;
    private static final int JSON_ROUNDS = 3;
    private static final int UPDATED = 200_000;

    private final int peers;

    StoreUpdates(int peers) {
        this.peers = peers;
    }

    ResultLine run() throws Exception {
        Path folder = Files.createTempDirectory("store-updates");
        try {
            Path own = folder.resolve("peers");
            StoreRecords.make(own, peers);
            ResultLine line = new ResultLine("store-updates", "peers=" + peers + " batch=" + StoreRecords.BATCH);
            List<PlainRocksDb.Entry> entries = PlainRocksDb.entries(own, peers);
            List<Double> store = new ArrayList<>();
            List<Double> plain = new ArrayList<>();
            try (PeerStore opened = StoreRecords.open(own);
                    PlainRocksDb rocksDb = new PlainRocksDb(folder.resolve("plain"))) {
                for (int from = 0; from < peers; from += StoreRecords.BATCH) {
                    rocksDb.write(entries.subList(from, Math.min(peers, from + StoreRecords.BATCH)));
                }
                int updated = Math.min(UPDATED, peers);
                for (int round = 0; round < ROUNDS; round++) {
                    store.add(perSecond(updated, ownRound(opened, updated, round)));
                    plain.add(perSecond(updated, plainRound(rocksDb, entries, updated, round)));
                }
            }
            double ownRate = median(store);
            double plainRate = median(plain);
            double jsonRate = json(folder.resolve("addrbook.json"), line);
            return line.set("updatesPerSec", Math.round(ownRate))
                    .set("plainRocksDbPerSec", Math.round(plainRate))
                    .set("jsonRewritePerSec", Math.round(jsonRate))
                    .set("toPlain", ResultLine.round(ownRate / plainRate))
                    .set("toJson", ResultLine.round(ownRate / jsonRate))
                    .set("storeRounds", store.stream().map(Math::round).toList())
                    .set("plainRounds", plain.stream().map(Math::round).toList());
        } finally {
            StoreFolder.delete(folder);
        }
    }

    /** The records are made before the clock starts; encoding them is part of it. */
    private double ownRound(PeerStore store, int updated, int round) throws Exception {
        List<List<Change>> batches = new ArrayList<>();
        Random random = new Random(round);
        for (int i = 0; i < updated; i += StoreRecords.BATCH) {
            List<Change> batch = new ArrayList<>();
            for (int k = 0; k < StoreRecords.BATCH; k++) {
                batch.add(new Change.Put(StoreRecords.peer(random.nextInt(peers), round + 2)));
            }
            batches.add(batch);
        }
        long start = System.nanoTime();
        for (List<Change> batch : batches) {
            store.write(batch, Durability.ASYNC);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double plainRound(PlainRocksDb plain, List<PlainRocksDb.Entry> entries, int updated, int round)
            throws Exception {
        List<PlainRocksDb.Entry> chosen = new ArrayList<>(entries);
        Collections.shuffle(chosen, new Random(round));
        long start = System.nanoTime();
        for (int from = 0; from < updated; from += StoreRecords.BATCH) {
            plain.write(chosen.subList(from, Math.min(updated, from + StoreRecords.BATCH)));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private double json(Path file, ResultLine line) throws Exception {
        List<PeerRecord> all = new ArrayList<>(peers);
        for (int number = 0; number < peers; number++) {
            all.add(StoreRecords.peer(number, 1));
        }
        JsonAddressBook book = new JsonAddressBook(file);
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < JSON_ROUNDS; round++) {
            long start = System.nanoTime();
            line.set("jsonBytes", book.save(all));
            rates.add(perSecond(StoreRecords.BATCH, (System.nanoTime() - start) / 1e9));
        }
        return median(rates);
    }

    private static double perSecond(int count, double seconds) {
        return count / seconds;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
